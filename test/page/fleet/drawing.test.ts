import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisOf, placeOn, probabilityWords, ratioWords } from "../../../src/page/fleet/forest.ts";
import { decodeStrip, encodeStep } from "../../../src/page/fleet/strip-codes.ts";
import { cellAt, layoutOf, stepAt, stripPaths } from "../../../src/page/fleet/strip-shapes.ts";
import { withQuotes } from "../../../src/page/fleet/with-quotes.ts";
import { madeFleet } from "./made-fleet.ts";

describe("a strip", () => {
  it("says of each step all that it was told", () => {
    const step = fc.record({
      isChange: fc.boolean(),
      isFailed: fc.boolean(),
      isIncorrect: fc.boolean(),
      isUnuseful: fc.boolean(),
      isCascade: fc.boolean(),
      isRepeat: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const strip = steps.map(encodeStep).join("");
        expect(strip.length).toBe(steps.length);
        expect(decodeStrip(strip)).toEqual(steps);
      }),
    );
  });

  it("finds each step again where it was drawn", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 120, max: 900 }), (count, width) => {
        const layout = layoutOf(count, width);
        expect(layout.width).toBeLessThanOrEqual(width);
        for (const index of [0, Math.floor(count / 2), count - 1]) {
          const [x, y] = cellAt(index, layout);
          expect(stepAt(x + 1, y + 1, layout, count)).toBe(index);
        }
        expect(stepAt(-1, 0, layout, count)).toBe(null);
        expect(stepAt(0, layout.height + 1, layout, count)).toBe(null);
      }),
    );
  });

  it("is drawn as a square a step, in the colour that says most", () => {
    const none = {
      isChange: false,
      isFailed: false,
      isIncorrect: false,
      isUnuseful: false,
      isCascade: false,
      isRepeat: false,
    };
    const strip = [
      none,
      { ...none, isChange: true, isFailed: true },
      { ...none, isChange: true, isIncorrect: true },
    ]
      .map(encodeStep)
      .join("");
    const paths = stripPaths(strip, { cell: 10, columns: 2, width: 20, height: 20 });
    expect(paths).toEqual({
      explore: "M0 0h9v9h-9z",
      change: "M10 0h9v9h-9z",
      incorrect: "M0 10h9v9h-9z",
      unuseful: "",
      cascade: "",
      failed: "M13 3h3v3h-3z",
    });
  });
});

describe("the axis of ratios", () => {
  const [row] = madeFleet(6).associations[0]?.rows ?? [];
  if (!row) throw new Error("no row");

  it("has 1 in its middle and holds the intervals", () => {
    const axis = axisOf([row]);
    expect(axis).toEqual({ low: 1 / 8, high: 8, ticks: [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8] });
    expect(placeOn(axis, 1)).toBeCloseTo(0.5);
    expect(placeOn(axis, 8)).toBe(1);
  });

  it("ends somewhere: zeros and infinities lie at its ends", () => {
    const axis = axisOf([{ ...row, risk_ratio: 0, interval: { low: 0, high: Number.POSITIVE_INFINITY } }]);
    expect([axis.low, axis.high]).toEqual([1 / 16, 16]);
    expect([placeOn(axis, 0), placeOn(axis, Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
    expect(axisOf([]).high).toBe(2);
  });

  it("is told in few digits", () => {
    expect([0.083, 2, 5.834, 178.7, Number.POSITIVE_INFINITY].map(ratioWords)).toEqual([
      "0.08",
      "2",
      "5.83",
      "179",
      "∞",
    ]);
    expect([0.00004, 0.0123, 0.25, 1].map(probabilityWords)).toEqual(["<0.001", "0.012", "0.25", "1"]);
  });
});

describe("quotes in a text", () => {
  it("are marked where they stand, also where they overlap, and nowhere else", () => {
    expect(withQuotes("one two three", ["two", "two three", "four", ""])).toEqual([
      { start: 0, text: "one ", isQuote: false },
      { start: 4, text: "two", isQuote: true },
      { start: 7, text: " three", isQuote: true },
    ]);
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (text, quotes) => {
        expect(
          withQuotes(text, quotes)
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});

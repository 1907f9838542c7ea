import { expect, it } from "vitest";
import { firstShown, type Mark, merged, pieces, WHOLE_CHARS } from "../../../src/page/run/pieces.ts";

const mark = (start: number, end: number, more: Partial<Mark> = {}): Mark => ({
  start,
  end,
  kind: "evidence",
  isActive: false,
  isTarget: false,
  ...more,
});

it("shows a text of ordinary length whole", () => {
  const text = "x".repeat(WHOLE_CHARS);
  expect(firstShown(text, [])).toEqual([{ start: 0, end: WHOLE_CHARS }]);
});

it("shows head, tail and what surrounds a mark of a long one, whole lines where they are near", () => {
  const line = `${"x".repeat(99)}\n`;
  const text = line.repeat(10_000);
  expect(firstShown(text, [mark(500_050, 500_060)])).toEqual([
    { start: 0, end: 3100 },
    { start: 499_600, end: 500_500 },
    { start: 998_500, end: 1_000_000 },
  ]);
});

it("shows a long text without line ends in the same way", () => {
  expect(firstShown("x".repeat(1_000_000), [mark(10, 20)])).toEqual([
    { start: 0, end: 3000 },
    { start: 998_500, end: 1_000_000 },
  ]);
});

it("puts ranges together that touch", () => {
  expect(
    merged([
      { start: 5, end: 9 },
      { start: 0, end: 5 },
      { start: 20, end: 30 },
      { start: 21, end: 22 },
    ]),
  ).toEqual([
    { start: 0, end: 9 },
    { start: 20, end: 30 },
  ]);
});

it("cuts a text into shown, marked and folded pieces that together are the text", () => {
  const text = "0123456789abcdefghij";
  const active = mark(4, 6, { isActive: true });
  const hit = mark(5, 8, { kind: "hit" });
  const all = pieces(
    text,
    [
      { start: 0, end: 10 },
      { start: 15, end: 20 },
    ],
    [active, hit],
  );
  expect(all).toEqual([
    { kind: "text", start: 0, text: "0123", mark: null },
    { kind: "text", start: 4, text: "4", mark: active },
    { kind: "text", start: 5, text: "5", mark: active },
    { kind: "text", start: 6, text: "67", mark: hit },
    { kind: "text", start: 8, text: "89", mark: null },
    { kind: "gap", start: 10, end: 15 },
    { kind: "text", start: 15, text: "fghij", mark: null },
  ]);
});

it("folds the end of a text that is not shown", () => {
  expect(pieces("abcdef", [{ start: 0, end: 2 }], [])).toEqual([
    { kind: "text", start: 0, text: "ab", mark: null },
    { kind: "gap", start: 2, end: 6 },
  ]);
});

import { expect, it } from "vitest";
import { findings } from "../../../src/page/run/blocks.ts";
import { commandOf } from "../../../src/page/run/keys.ts";
import { hashOf, placeOf } from "../../../src/page/run/place.ts";
import { FIRST_STATE, reduce } from "../../../src/page/run/state.ts";
import { bar, idRanges } from "../../../src/page/run/timeline-shapes.ts";
import type { Label } from "../../../src/trajectory/index.ts";

const KEY = { key: "j", ctrlKey: false, metaKey: false, altKey: false, isTyping: false, ownsArrows: false };

it("knows the keys, and leaves them to fields, to the browser and to the tree", () => {
  expect(commandOf(KEY)).toBe("next-step");
  expect(commandOf({ ...KEY, ctrlKey: true })).toBeNull();
  expect(commandOf({ ...KEY, isTyping: true })).toBeNull();
  expect(commandOf({ ...KEY, key: "Escape", isTyping: true })).toBe("escape");
  expect(commandOf({ ...KEY, key: "ArrowRight" })).toBe("next-step");
  expect(commandOf({ ...KEY, key: "ArrowRight", ownsArrows: true })).toBeNull();
  expect(commandOf({ ...KEY, key: "x" })).toBeNull();
});

it("reads places from addresses and writes them", () => {
  expect(placeOf("", 3)).toEqual({ pane: "overview" });
  expect(placeOf("#step-3", 3)).toEqual({ pane: "step", step_id: 3 });
  for (const none of ["#step-4", "#step-0", "#step-1x", "#step-<b>", "#elsewhere"])
    expect(placeOf(none, 3)).toBeNull();
  expect(hashOf("step", 3)).toBe("#step-3");
  expect(hashOf("steps", 3)).toBe("#steps");
});

it("opens a step and its stage, and forgets the quote with the next one", () => {
  const focus = { step_id: 4, where: "action" as const, quote: "x" };
  const folded = reduce(FIRST_STATE, { do: "collapse", stage_ids: [1, 2] });
  const opened = reduce(folded, { do: "open", step_id: 4, stage_id: 2, focus });
  expect(opened).toMatchObject({ pane: "step", step_id: 4, focus, collapsed: new Set([1]) });
  expect(reduce(opened, { do: "open", step_id: 5, stage_id: null }).focus).toBeNull();
});

const label = (step_id: number, reasoning: string, more: Partial<Label> = {}): Label => ({
  step_id,
  label: "incorrect",
  confidence: 0.5,
  detector: "retried-failure",
  reasoning,
  evidence: [{ step_id, where: "action", quote: "x" }],
  profiles: ["findings", "codetracebench"],
  ...more,
});

it("puts labels together that say the same of several steps, those that count first", () => {
  const lead = label(1, "A lead.", { profiles: ["findings"], confidence: 0.9 });
  const all = findings([
    lead,
    label(9, "As step 4 showed."),
    label(12, "As step 9 showed.", { confidence: 0.7 }),
    label(3, "Else."),
  ]);
  expect(all.map(({ step_ids, confidence, isCounted }) => ({ step_ids, confidence, isCounted }))).toEqual([
    { step_ids: [3], confidence: 0.5, isCounted: true },
    { step_ids: [9, 12], confidence: 0.7, isCounted: true },
    { step_ids: [1], confidence: 0.9, isCounted: false },
  ]);
});

it("draws bars as high as the square root of their value, and a stub where there is none", () => {
  expect(bar(1, 10, 100, 100)).toBe("M0.5 21h9v45h-9z");
  expect(bar(2, 10, 25, 100)).toBe("M10.5 43.5h9v22.5h-9z");
  expect(bar(1, 1, null, 100)).toBe("M0 64h1v2h-1z");
  expect(bar(1, 10, 0, 0)).toBe("M0.5 64h9v2h-9z");
  expect(idRanges([1, 2, 5])).toEqual([
    [1, 2],
    [5, 5],
  ]);
});

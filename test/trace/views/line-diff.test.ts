import { describe, expect, test } from "vitest";
import { diffLines } from "../../../src/trace/views/line-diff.ts";

describe("diffLines", () => {
  test.each([
    ["nothing changed", "ab", "ab", { same: ["a", "b"], hunks: [] }],
    ["one line between", "abc", "axc", { same: ["a", "c"], hunks: [{ removed: ["b"], added: ["x"] }] }],
    ["a line more", "ab", "aab", { same: ["a", "b"], hunks: [{ removed: [], added: ["a"] }] }],
    ["a line less", "aab", "ab", { same: ["a", "b"], hunks: [{ removed: ["a"], added: [] }] }],
    [
      "two stretches",
      "abcdef",
      "xbcyyf",
      {
        same: ["b", "c", "f"],
        hunks: [
          { removed: ["a"], added: ["x"] },
          { removed: ["d", "e"], added: ["y", "y"] },
        ],
      },
    ],
    ["all of it", "ab", "xy", { same: [], hunks: [{ removed: ["a", "b"], added: ["x", "y"] }] }],
    ["from nothing", "", "a", { same: [], hunks: [{ removed: [], added: ["a"] }] }],
  ])("%s", (_, before, after, diff) => {
    const found = diffLines([...before], [...after]);
    expect({ ...found, same: found?.same.toSorted() }).toEqual(diff);
  });

  test("many lines are compared only where what is left between like ends is little", () => {
    const lines = Array.from({ length: 3000 }, (_, at) => `line ${at}`);
    expect(diffLines(lines, lines.with(1500, "other"))?.hunks).toEqual([
      { removed: ["line 1500"], added: ["other"] },
    ]);
    expect(diffLines(lines, lines.toReversed())).toBeNull();
  });
});

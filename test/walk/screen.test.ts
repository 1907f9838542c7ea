import { describe, expect, it } from "vitest";
import { displayWidth } from "../../src/report/columns.ts";
import type { Key } from "../../src/walk/keys.ts";
import { renderScreen } from "../../src/walk/screen.ts";
import { UNSAFE } from "../report/report-input.ts";
import { change, look, steps } from "../support/steps.ts";
import { madeBook } from "./made-run.ts";
import { SCREENS } from "./screens.ts";
import { linesOf, stateAfter } from "./seen.ts";

const WIDE = { columns: 80, rows: 24 };
const NARROW = { columns: 40, rows: 15 };
const TINY = { columns: 20, rows: 6 };

const WAYS: readonly (readonly [keyof typeof SCREENS, typeof WIDE, readonly Key[]])[] = [
  ["start", WIDE, []],
  ["failed", WIDE, ["right"]],
  ["onset", WIDE, ["o"]],
  ["onsetEnd", WIDE, ["o", " "]],
  ["quote", WIDE, ["o", "e"]],
  ["deepQuote", WIDE, ["l", "l", "e"]],
  ["hostile", WIDE, ["5", "enter"]],
  ["wide", WIDE, ["6", "enter"]],
  ["tree", WIDE, ["o", "m"]],
  ["typing", WIDE, ["/", "text:RETURN"]],
  ["found", WIDE, ["/", "text:42", "enter"]],
  ["keys", WIDE, ["?"]],
  ["run", WIDE, ["i"]],
  ["narrowOnset", NARROW, ["o"]],
  ["narrowWide", NARROW, ["6", "enter"]],
  ["narrowTree", NARROW, ["o", "m"]],
  ["tiny", TINY, ["o"]],
];

describe("a screen", () => {
  it.each(WAYS)("%s", (name, size, keys) => {
    const book = madeBook();
    expect(linesOf(book, stateAfter(book, size, keys), size)).toEqual(SCREENS[name]);
  });

  it("marks where one is, quotes and what was found", () => {
    const book = madeBook();
    const styled = (keys: readonly Key[]): string[] =>
      renderScreen(book, stateAfter(book, WIDE, keys), WIDE)
        .rows.flat()
        .filter(({ style }) => ["focus", "quote", "hit", "current"].includes(style))
        .map(({ text, style }) => `${style}: ${text}`);
    expect(styled(["right"])).toEqual(["focus: !", "quote: pip: command not found"]);
    expect(styled(["right", "/", "text:command", "enter"])).toEqual([
      "focus: !",
      "quote: pip: ",
      "current: command",
      "quote:  not found",
    ]);
    expect(styled(["/", "text:MD", "enter", "/", "text:r", "enter"])).toContain("hit: R");
  });

  it("puts the cursor where one types and nowhere else", () => {
    const book = madeBook();
    const cursor = (keys: readonly Key[]) => renderScreen(book, stateAfter(book, WIDE, keys), WIDE).cursor;
    expect(cursor([])).toBeNull();
    expect(cursor(["/", "text:漢a"])).toEqual({ row: 23, column: 4 });
    expect(cursor(["4", "2"])).toEqual({ row: 23, column: 8 });
    expect(cursor(["/", `text:${"x".repeat(300)}`])).toEqual({ row: 23, column: 73 });
  });

  it("is as large as the terminal and safe to print, whatever the run, the size and the keys", () => {
    const book = madeBook();
    const keys: readonly Key[] = ["m", "i", "?", "z", "t", ">", "e", "v", "/", "4"];
    for (const size of [WIDE, NARROW, TINY, { columns: 10, rows: 3 }, { columns: 200, rows: 60 }]) {
      for (const { step_id } of book.steps)
        for (const key of keys) {
          const state = stateAfter(book, size, [String(step_id), "enter", key]);
          const lines = linesOf(book, state, size);
          expect(lines).toHaveLength(size.rows);
          expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(size.columns);
          expect(lines.join("\n")).not.toMatch(UNSAFE);
        }
    }
  });

  it("puts a thousand steps into one line", () => {
    const many = steps(
      ...Array.from({ length: 1000 }, (_, index) => (index === 500 ? change("x") : look("ls", null))),
    );
    const book = madeBook({ steps: many, stages: [] });
    const strip = linesOf(book, stateAfter(book, WIDE, ["5", "0", "1", "enter"]), WIDE)[2];
    expect(strip).toBe(`X${"·".repeat(37)}+${"·".repeat(38)}`);
  });
});

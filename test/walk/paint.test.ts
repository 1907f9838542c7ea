import { expect, it } from "vitest";
import { paint } from "../../src/walk/paint.ts";
import type { Row, Style } from "../../src/walk/spans.ts";
import { HOSTILE } from "../report/report-input.ts";

const NO_CURSOR = null;
const row = (text: string, style: Style = "plain"): Row => [{ text, style }];

it("writes a screen, then only the lines that differ", () => {
  const first = paint({ rows: [row("a"), row("b", "quote")], cursor: NO_CURSOR }, [], true);
  expect(first.text).toBe(
    "\u001b[0m\u001b[2J\u001b[1;1H\u001b[0m\u001b[2Ka\u001b[2;1H\u001b[0m\u001b[2K\u001b[30;43mb\u001b[0m\u001b[?25l",
  );
  const second = paint({ rows: [row("a"), row("c")], cursor: { row: 1, column: 1 } }, first.painted, true);
  expect(second.text).toBe("\u001b[2;1H\u001b[0m\u001b[2Kc\u001b[2;2H\u001b[?25h");
  expect(paint({ rows: [row("a"), row("c")], cursor: NO_CURSOR }, second.painted, true).text).toBe(
    "\u001b[?25l",
  );
});

it("tells marks apart without colours", () => {
  const styles: readonly Style[] = ["plain", "quote", "hit", "current", "focus", "red", "cyan"];
  const rows = styles.map((style) => row(style, style));
  const { painted } = paint({ rows, cursor: NO_CURSOR }, [], false);
  expect(painted).toEqual([
    "plain",
    "\u001b[4mquote\u001b[0m",
    "\u001b[7mhit\u001b[0m",
    "\u001b[1;7mcurrent\u001b[0m",
    "\u001b[7mfocus\u001b[0m",
    "\u001b[1mred\u001b[0m",
    "cyan",
  ]);
});

it("lets nothing of a run through that is no plain text", () => {
  const { painted } = paint({ rows: [row(HOSTILE)], cursor: NO_CURSOR }, [], true);
  expect(painted).toHaveLength(1);
  expect(painted[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
});

import { printable } from "../report/printable.ts";
import type { Screen } from "./screen.ts";
import type { Row, Style } from "./spans.ts";

/** Select Graphic Rendition codes; sixteen colours, as every terminal has them. */
const COLORED: Readonly<Record<Style, string>> = {
  plain: "",
  bold: "1",
  dim: "2",
  red: "31",
  yellow: "33",
  green: "32",
  cyan: "36",
  quote: "30;43",
  hit: "30;46",
  current: "30;42",
  focus: "7",
};
/** The same without colours: what is marked in a text must still be told apart. */
const UNCOLORED: Readonly<Record<Style, string>> = {
  ...COLORED,
  red: "1",
  yellow: "1",
  green: "",
  cyan: "",
  quote: "4",
  hit: "7",
  current: "1;7",
};

const CSI = "\u001b[";

/** The other screen of the terminal, without a cursor, and without wrapping where a character is wider than was thought. */
export const ENTER = `${CSI}?1049h${CSI}?25l${CSI}?7l`;
/** Everything as it was. */
export const LEAVE = `${CSI}0m${CSI}?7h${CSI}?25h${CSI}?1049l`;

/** What is on the terminal; empty = nothing that is known. */
export type Painted = readonly string[];

/** What to write to a terminal to turn what is on it into a screen: the lines that differ. */
export function paint(screen: Screen, before: Painted, color: boolean): { text: string; painted: Painted } {
  const painted = screen.rows.map((row) => lineOf(row, color));
  const changed = painted.flatMap((line, index) =>
    line === before[index] ? [] : [`${CSI}${index + 1};1H${CSI}0m${CSI}2K${line}`],
  );
  const { cursor } = screen;
  const cursorText =
    cursor === null ? `${CSI}?25l` : `${CSI}${cursor.row + 1};${cursor.column + 1}H${CSI}?25h`;
  const cleared = before.length === 0 ? `${CSI}0m${CSI}2J` : "";
  return { text: `${cleared}${changed.join("")}${cursorText}`, painted };
}

/** The only way of a run's text to the terminal, so it is made printable here whoever made it so before. */
function lineOf(row: Row, color: boolean): string {
  const codes = color ? COLORED : UNCOLORED;
  return row
    .map(({ text, style }) => {
      const code = codes[style];
      return code === "" ? printable(text) : `${CSI}${code}m${printable(text)}${CSI}0m`;
    })
    .join("");
}

import { cut, displayWidth } from "../../report/columns.ts";
import type { RenderOptions } from "../../report/page.ts";
import { printable, printableLines } from "../../report/printable.ts";
import { csvLine } from "../../util/csv-line.ts";
import type { AnswerPart, JsonValue } from "./ask.ts";

/** A cell that needs more columns of a terminal than this is cut where the line gets too long. */
const LEAST_COLUMNS = 8;

/** An answer as a table for a terminal: what is too wide is cut, numbers stand to the right. Pure. */
export function renderAnswer(
  { columns, isNumber, rows, isCut }: AnswerPart,
  { width }: Pick<RenderOptions, "width">,
): string {
  if (columns.length === 0) return "No columns.\n";
  const cells = [columns, ...rows.map((row) => row.map(shownCell))].map((row) =>
    row.map((cell) => printable(cell)),
  );
  const count = isCut
    ? `the first ${rows.length} rows; --rows shows more, --json and --csv all of them`
    : `${rows.length} row${rows.length === 1 ? "" : "s"}`;
  const widths = columnWidths(
    columns.map((_, at) => cells.reduce((most, row) => Math.max(most, displayWidth(row[at] ?? "")), 0)),
    width - 2 * (columns.length - 1),
  );
  if (widths.reduce((sum, one) => sum + one + 2, -2) > width) return records(cells, width, count);
  const lines = cells.map((row) =>
    row
      .map((cell, at) => padded(cut(cell, widths[at] ?? 0), widths[at] ?? 0, isNumber[at] === true))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((one) => "─".repeat(one)).join("  ");
  return `${[lines[0], rule, ...lines.slice(1), "", count].join("\n")}\n`;
}

/** One column a line, one row after the other: for more columns than a terminal has room for. */
function records(
  [names = [], ...rows]: readonly (readonly string[])[],
  width: number,
  count: string,
): string {
  const longest = Math.max(...names.map(displayWidth));
  const blocks = rows.map((row, index) => [
    `row ${index + 1}`,
    ...names.map((name, at) => {
      const text = `${padded(name, longest, false)}  ${row[at] ?? ""}`.trimEnd();
      return `  ${cut(text, Math.max(width - 2, longest + LEAST_COLUMNS))}`;
    }),
    "",
  ]);
  return `${[...blocks.flat(), count].join("\n")}\n`;
}

/** What the cells need, but no more than all of the wide ones can have alike; none gets narrower than can be read. */
function columnWidths(needed: readonly number[], room: number): number[] {
  let most = Math.max(...needed, LEAST_COLUMNS);
  const capped = (): number[] => needed.map((one) => Math.min(one, most));
  while (most > LEAST_COLUMNS && capped().reduce((sum, one) => sum + one, 0) > room) most--;
  return capped();
}

function padded(text: string, width: number, isRight: boolean): string {
  const gap = " ".repeat(Math.max(0, width - displayWidth(text)));
  return isRight ? gap + text : text + gap;
}

/** Digits of a broken number that a reader wants. */
const DIGITS = 6;

function shownCell(cell: JsonValue): string {
  const isBroken = typeof cell === "number" && !Number.isInteger(cell);
  return isBroken ? String(Number(cell.toPrecision(DIGITS))) : cellText(cell);
}

function cellText(cell: JsonValue): string {
  if (cell === null) return "";
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

/** One line of an answer as CSV; control sequences of terminals are taken out. */
export function answerCsv(cells: readonly JsonValue[]): string {
  return csvLine(
    cells.map((cell) =>
      typeof cell === "number" || typeof cell === "boolean" || cell === null
        ? cell
        : printableLines(cellText(cell)),
    ),
  );
}

/** What a terminal would obey or not show, written as JSON escapes: the value stays the same. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029]|[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** A row as a JSON object of its columns. */
export function jsonRow(columns: readonly string[], cells: readonly JsonValue[]): string {
  const object = Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null]));
  return JSON.stringify(object).replace(UNSEEN, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

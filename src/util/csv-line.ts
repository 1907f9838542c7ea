/** What a cell may hold; null = nothing is known, an empty cell. */
export type Cell = string | number | boolean | null;

/** Spreadsheets keep 32,767 characters of a cell. */
const MAX_CHARACTERS = 32_000;

/** What spreadsheets take for a formula, also in its wide form. Source: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A line of CSV as RFC 4180 has it: commas, CRLF, quotes where they are needed. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it; one that a spreadsheet would break is cut, and says so.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = cut(cell.toWellFormed().replaceAll("\0", "\ufffd"));
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function cut(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  const kept = text
    .slice(0, MAX_CHARACTERS)
    .toWellFormed()
    .replace(/\ufffd$/, "");
  return `${kept}\n[cut: ${text.length} characters]`;
}

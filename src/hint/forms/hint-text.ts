import { printableLines } from "../../report/printable.ts";

/** A hint's text without control and invisible characters, ending with exactly one line break. */
export function hintText(text: string): string {
  return `${printableLines(text).trimEnd()}\n`;
}

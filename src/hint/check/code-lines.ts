import type { ForbiddenText } from "./forbidden.ts";
import { RUN_CHARS } from "./overlap.ts";
import { oneSpaced } from "./seen.ts";
import { squash } from "./squash.ts";

/** A line of a forbidden text that is looked for by itself. */
export interface ForbiddenLine {
  text: string;
  line: number;
}

/** Letters and digits; a shorter line stands in any program. Longer ones are found as runs. */
const LINE_CHARS = 8;
const NAME_CHARS = 8;
/** What prose has none of, and an import of a well-known module neither. */
const CODE = /[=(){}[\]<>;]/;
const DIFF_HEADER = /^(?:\+\+\+|---|@@|diff |index )/;

/** The lines of a forbidden text that give something away by themselves, with single spaces. None for outputs: they are compared as runs. */
export function forbiddenLines({ kind, text }: ForbiddenText): ForbiddenLine[] {
  if (kind === "output") return [];
  const lines = text.split("\n").map((line, index) => ({ text: line, line: index + 1 }));
  if (kind === "names") return lines.flatMap(nameOf);
  return lines.flatMap((line) => (kind === "patch" ? added(line) : [line])).filter(isTelling);
}

/** The last part of a test's name: what stands before it are folders and files. */
function nameOf({ text, line }: ForbiddenLine): ForbiddenLine[] {
  const name = text.trim().split("::").at(-1) ?? "";
  return squash(name).length >= NAME_CHARS && /[_A-Z]/.test(name.slice(1)) ? [{ text: name, line }] : [];
}

function added({ text, line }: ForbiddenLine): ForbiddenLine[] {
  return text.startsWith("+") && !DIFF_HEADER.test(text) ? [{ text: text.slice(1), line }] : [];
}

function isTelling(line: ForbiddenLine): boolean {
  const chars = squash(line.text).length;
  return chars >= LINE_CHARS && chars < RUN_CHARS && CODE.test(line.text);
}

/** Whether a text holds a line as whole words, but for white space. */
export function holdsLine(text: string, line: string): boolean {
  const [inside, wanted] = [oneSpaced(text), oneSpaced(line)];
  for (let at = inside.indexOf(wanted); at >= 0; at = inside.indexOf(wanted, at + 1)) {
    const around = [
      [inside[at - 1], wanted[0]],
      [inside[at + wanted.length], wanted.at(-1)],
    ];
    if (around.every(([outer = " ", inner = " "]) => !(/\w/.test(outer) && /\w/.test(inner)))) return true;
  }
  return false;
}

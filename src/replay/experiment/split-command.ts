import { CodeTracerError } from "../../util/errors.ts";

/** What a shell would act on and nothing here does, outside quotes and inside double ones. */
const SHELL_OUTSIDE = /[|&;<>()`$\n]/;
const SHELL_IN_DOUBLE = /[`$]/;
/** What a backslash takes the meaning from inside double quotes, as in a POSIX shell. */
const ESCAPED_IN_DOUBLE = /["\\$`]/;

/**
 * Splits a command line into its words as a POSIX shell would, quotes and backslashes respected, and nothing else done: no variables, no globs, no
 * operators. Throws CodeTracerError `bad_argument`, which names `flag`, for what only a shell can do, for an open quote and for no words at all.
 */
export function splitCommand(flag: string, line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < line.length) {
    const char = line[at] ?? "";
    if (/[ \t]/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
      at++;
    } else if (char === "'" || char === '"') {
      const quoted = readQuoted(flag, line, at);
      word = (word ?? "") + quoted.text;
      at = quoted.end;
    } else if (char === "\\" && at + 1 < line.length) {
      word = (word ?? "") + (line[at + 1] ?? "");
      at += 2;
    } else {
      if (SHELL_OUTSIDE.test(char)) throw needsShell(flag, char);
      word = (word ?? "") + char;
      at++;
    }
  }
  if (word !== null) words.push(word);
  if (words.length === 0) throw new CodeTracerError("bad_argument", `${flag} is empty; give a command`);
  return words;
}

/** The text between the quotes that begin at `start`, and where it goes on behind them. */
function readQuoted(flag: string, line: string, start: number): { text: string; end: number } {
  const quote = line[start];
  let text = "";
  for (let at = start + 1; at < line.length; at++) {
    const char = line[at] ?? "";
    if (char === quote) return { text, end: at + 1 };
    const next = line[at + 1] ?? "";
    if (quote === '"' && char === "\\" && ESCAPED_IN_DOUBLE.test(next)) {
      text += next;
      at++;
    } else if (quote === '"' && SHELL_IN_DOUBLE.test(char)) throw needsShell(flag, char);
    else text += char;
  }
  throw new CodeTracerError("bad_argument", `${flag} has a quote ${quote} that is never closed`);
}

function needsShell(flag: string, char: string): CodeTracerError {
  const shown = char === "\n" ? "a line break" : char;
  return new CodeTracerError(
    "bad_argument",
    `${flag} holds ${shown} outside single quotes, and no shell runs it; quote it where it is meant as it stands, or write the whole as sh -c '…'`,
  );
}

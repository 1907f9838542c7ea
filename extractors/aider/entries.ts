import { type RawLine, SESSION_START } from "./session-lines.ts";

/** Who wrote a line of the chat history: the user, Aider itself, or the model. */
export type Writer = "session" | "user" | "aider" | "model";

/** One line of the user or the model, or one message of Aider, without its mark. */
export interface Entry {
  writer: Writer;
  text: string;
  line_start: number;
  line_end: number;
}

const BLOCK_START = /^<{5,9} SEARCH/;
const BLOCK_END = /^>{5,9} REPLACE/;
const FAILED_BLOCKS = /^> # \d+ SEARCH\/REPLACE blocks? failed/;
const FAILED_BLOCKS_END = /^Just reply with fixed versions of the block/;

/**
 * Tells who wrote each line. Aider marks the user's lines with `####` and its own with `>`, and ends both with two
 * blanks, which tells them from headings and quotes in the model's Markdown. In a file whose trailing blanks were
 * removed the marks alone decide.
 */
export function entriesOf(lines: readonly RawLine[]): Entry[] {
  const isMarked = lines.some(({ text }) => /^(?:####|>) .*\S {2}$/.test(text))
    ? isMarkedStrictly
    : isMarkedAtAll;
  const entries: Entry[] = [];
  let isInBlock = false;
  for (let index = 0; index < lines.length; index++) {
    const { text, line } = lines[index] ?? { text: "", line: 0 };
    const single = { line_start: line, line_end: line };
    if (SESSION_START.test(text)) {
      isInBlock = false;
      entries.push({ writer: "session", text, ...single });
    } else if (isInBlock && closesLater(lines, index)) {
      isInBlock = !BLOCK_END.test(text);
      entries.push({ writer: "model", text, ...single });
    } else if (beginsMessage(text, entries.at(-1), isMarked, line)) {
      const last = endOfMessage(lines, index, isMarked);
      entries.push(message(lines.slice(index, last + 1)));
      index = last;
      isInBlock = false;
    } else if (isMarked(text)) {
      isInBlock = false;
      const writer = text.startsWith(">") ? "aider" : "user";
      entries.push({ writer, text: text.replace(/^(?:####|>) ?/, "").trimEnd(), ...single });
    } else {
      isInBlock = BLOCK_START.test(text);
      entries.push({ writer: "model", text, ...single });
    }
  }
  return entries;
}

function isMarkedStrictly(text: string): boolean {
  return /^(?:####|>) (?:.*) {1,2}$/.test(text) && text.endsWith("  ");
}

function isMarkedAtAll(text: string): boolean {
  return /^(?:####|>)(?: |$)/.test(text);
}

/** A message of several lines has its mark on the first and its two blanks on the last. It follows another one at once. */
function beginsMessage(
  text: string,
  before: Entry | undefined,
  isMarked: (text: string) => boolean,
  line: number,
): boolean {
  if (FAILED_BLOCKS.test(text)) return true;
  if (!text.startsWith("> ") || isMarked(text)) return false;
  return (before?.writer === "aider" || before?.writer === "user") && before.line_end === line - 1;
}

/** The line that ends a message. The blocks that failed are repeated in it, and code may end with two blanks itself. */
function endOfMessage(lines: readonly RawLine[], first: number, isMarked: (text: string) => boolean): number {
  const isFailure = FAILED_BLOCKS.test(lines[first]?.text ?? "");
  let isInBlock = false;
  for (let index = first + 1; index < lines.length; index++) {
    const text = lines[index]?.text ?? "";
    const isOutside = !isInBlock || /^> Tokens: /.test(text);
    if ((isOutside && isMarked(text)) || SESSION_START.test(text)) return index - 1;
    isInBlock = isFailure && (BLOCK_START.test(text) || (isInBlock && !BLOCK_END.test(text)));
    if (!isInBlock && (text.endsWith("  ") || FAILED_BLOCKS_END.test(text))) return index;
  }
  return isFailure ? lines.length - 1 : first;
}

function message(lines: readonly RawLine[]): Entry {
  const text = lines.map((line) => line.text).join("\n");
  return {
    writer: "aider",
    text: text.slice(2).trimEnd(),
    line_start: lines[0]?.line ?? 1,
    line_end: lines.at(-1)?.line ?? 1,
  };
}

/** Whether an edit block that is open goes on: edited Markdown may itself hold marked lines. A reply that broke off does not. */
function closesLater(lines: readonly RawLine[], from: number): boolean {
  for (let index = from; index < lines.length; index++) {
    const text = lines[index]?.text ?? "";
    if (BLOCK_END.test(text)) return true;
    if (BLOCK_START.test(text) || SESSION_START.test(text) || /^> Tokens: /.test(text)) return false;
  }
  return false;
}

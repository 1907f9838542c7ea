/** A fenced block of a Markdown text. Offsets are characters of that text. */
export interface FencedBlock {
  /** First word behind the fence, in lower case; "" where there is none. */
  tag: string;
  /** What stands between the fences, without the indentation of the opening one. */
  code: string;
  /** Where the block starts and ends in the text, both fences included. */
  start: number;
  end: number;
  /** False where the text ends before the closing fence. */
  closed: boolean;
}

/** Tags of blocks that are meant to be run by a shell. */
export const SHELL_TAGS: ReadonlySet<string> = new Set(["sh", "bash", "shell"]);

const OPENER = /^([ \t]*)(`{3,})[ \t]*([^\s`]*)[^`]*$/;
/** An opening fence behind prose or a list mark, which only counts where a shell is named. */
const LATE_OPENER = /(`{3,})(sh|bash|shell)[ \t]*$/i;
const HEREDOC = /(?<!<)<<(?!<)(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([A-Za-z_]\w*))/g;

interface Line {
  text: string;
  start: number;
}

interface Opener {
  indent: number;
  fence: string;
  tag: string;
  start: number;
}

/** The fenced blocks of a text with `\n` line ends, in order. A fence inside a heredoc of a shell block does not end it. */
export function fencedBlocks(text: string): FencedBlock[] {
  const lines = linesOf(text);
  const blocks: FencedBlock[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    const opener = line && openerOf(line);
    if (!opener) continue;
    const { code, closing } = readCode(lines, index + 1, opener);
    const last = lines[closing] ?? null;
    const end = last === null ? text.length : last.start + last.text.length;
    blocks.push({ tag: opener.tag, code, start: opener.start, end, closed: last !== null });
    index = closing;
  }
  return blocks;
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const at = start;
    start += line.length + 1;
    return { text: line, start: at };
  });
}

function openerOf({ text, start }: Line): Opener | null {
  const own = OPENER.exec(text);
  if (own) {
    const [, indent = "", fence = "", tag = ""] = own;
    return { indent: indent.length, fence, tag: tag.toLowerCase(), start };
  }
  const late = LATE_OPENER.exec(text);
  if (!late) return null;
  const [, fence = "", tag = ""] = late;
  return { indent: 0, fence, tag: tag.toLowerCase(), start: start + late.index };
}

/** The lines from `from` to the closing fence, whose index is `lines.length` where there is none. */
function readCode(lines: readonly Line[], from: number, opener: Opener): { code: string; closing: number } {
  const indented = new RegExp(`^[ \\t]{0,${opener.indent}}`);
  const texts = lines.slice(from).map((line) => line.text.replace(indented, ""));
  const closes = new RegExp(`^[ \\t]*\`{${opener.fence.length},}[ \\t]*$`);
  const mayHold = opener.tag === "" || SHELL_TAGS.has(opener.tag);
  let index = 0;
  while (index < texts.length) {
    const text = texts[index] ?? "";
    if (closes.test(text)) break;
    index = mayHold ? behindHeredocs(texts, index) : index + 1;
  }
  return { code: texts.slice(0, index).join("\n"), closing: from + index };
}

/**
 * The line behind this one and the heredocs that it opens. What looks like a heredoc but is never ended is none: an arithmetic shift, or a
 * reply that breaks off.
 */
function behindHeredocs(texts: readonly string[], index: number): number {
  let next = index + 1;
  for (const [, dash = "", ...words] of (texts[index] ?? "").matchAll(HEREDOC)) {
    const word = words.find((found) => found !== undefined);
    const isEnd = (text: string): boolean => (dash === "" ? text : text.replace(/^\t+/, "")) === word;
    const end = texts.findIndex((text, at) => at >= next && isEnd(text));
    if (end >= 0) next = end + 1;
  }
  return next;
}

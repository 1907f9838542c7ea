const ESCAPES =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]?|\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b\n]*(?:\u001b\\)?|[ -/]*[0-~]?)/g;
const LINE_ENDS = /\r+\n|[\u0085\u2028\u2029\u000b\u000c]/g;
/** Control characters, and those that take no room, turn the writing direction or carry hidden text. */
const UNSEEN =
  /(?![\n\t\r])\p{Cc}|\p{Cf}|[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const PLAIN = /^[\n\t -~]*$/;

/** The characters of a text that can be seen: no escape sequences, control or invisible characters, lone surrogates. Linear. */
export function visibleText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(LINE_ENDS, "\n").replace(ESCAPES, "").replace(UNSEEN, "").replace(LONE_SURROGATES, "");
}

/** What a terminal would show in the end: visible text, of lines that overwrite themselves the last state. Linear. */
export function plainText(text: string): string {
  if (PLAIN.test(text)) return text;
  const visible = visibleText(text);
  if (!visible.includes("\r")) return visible;
  return visible
    .split("\n")
    .map((line) => (line.includes("\r") ? lastState(line) : line))
    .join("\n");
}

function lastState(line: string): string {
  const states = line.split("\r");
  return states.findLast((state) => state.trim() !== "") ?? "";
}

/** Both ends of a text: `head` and `tail` characters, never through a surrogate pair. null = the text is short enough. */
export function ends(text: string, head: number, tail: number): { head: string; tail: string } | null {
  if (text.length <= head + tail) return null;
  return {
    head: text.slice(0, head).replace(/[\ud800-\udbff]$/, ""),
    tail: tail === 0 ? "" : text.slice(-tail).replace(/^[\udc00-\udfff]/, ""),
  };
}

/** A text cut in the middle to about so many characters; the cut says how many are missing. */
export function cutMiddle(text: string, chars: number): string {
  const kept = ends(text, Math.ceil(chars * 0.6), Math.floor(chars * 0.4));
  if (kept === null) return text;
  const missing = text.length - kept.head.length - kept.tail.length;
  return `${kept.head}\n[… ${missing} characters left out …]\n${kept.tail}`;
}

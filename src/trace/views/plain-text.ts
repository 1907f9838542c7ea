import { visibleText } from "../../util/visible-text.ts";

export { visibleText };

const PLAIN = /^[\n\t -~]*$/;

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

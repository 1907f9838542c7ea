import { sentences } from "../step-text.ts";
import { ADMITS } from "./admits.ts";
import { cutLine } from "./gist.ts";

const GAP = " …";
const LAST_SENTENCES = 2;
/** Share of the room that the last sentences may take before they are cut. */
const LAST_SHARE = 0.7;
const FIRST_SHARE = 0.3;
const CUT_CHARS_LEAST = 50;
/** Of a list: no sentence, though it ends like one. */
const NUMBER = /^\W*\d{1,3}\.$/;
/** A shorter first sentence ("Great!") tells nothing by itself. */
const FIRST_CHARS_LEAST = 25;

/**
 * Reasons in few characters: the last two sentences, then those that own to trouble or decide on another way, then the first one and what comes before the
 * end. In their order, a gap where something is left out.
 */
export function thinkingGist(text: string, chars: number): string {
  const parts = partsOf(text);
  const whole = parts.join("").trim();
  if (whole.length <= chars) return whole;
  const kept = new Map<number, string>();
  let room = chars;
  const take = (index: number, most: number): boolean => {
    const part = parts[index] ?? "";
    if (kept.has(index)) return true;
    if (part.length + GAP.length > Math.min(most, room)) return false;
    kept.set(index, part);
    room -= part.length + (kept.has(index - 1) || kept.has(index + 1) ? 0 : GAP.length);
    return true;
  };
  const last = parts.length - 1;
  room -= keepLast(parts, chars, kept);
  for (let index = last; index >= 0; index--) if (ADMITS.test(parts[index] ?? "")) take(index, room);
  if (tellsAlone(parts[0] ?? "")) take(0, chars * FIRST_SHARE);
  for (let index = last; index >= 0 && take(index, room); index--);
  for (let index = 1; index <= last && take(index, room); index++);
  return joined(parts.length, kept);
}

function tellsAlone(sentence: string): boolean {
  return sentence.length > FIRST_CHARS_LEAST && !sentence.endsWith(":");
}

/** The last sentences whole where they fit, else their ends, the last one's with more room. How many characters they take. */
function keepLast(parts: readonly string[], chars: number, kept: Map<number, string>): number {
  const last = parts.length - 1;
  const other = parts[last - 1]?.length ?? 0;
  const share = Math.min(other, chars * (1 - LAST_SHARE));
  const forOthers = share < Math.min(other, CUT_CHARS_LEAST) ? 0 : share;
  let left = chars - GAP.length;
  for (let index = last; index > last - LAST_SENTENCES && index >= 0; index--) {
    const part = parts[index] ?? "";
    const room = index === last ? left - forOthers : left;
    if (room < Math.min(part.length, CUT_CHARS_LEAST)) break;
    const shown = part.length <= room ? part : part.slice(0, 1) + cutLine(part.slice(1), room - 2);
    kept.set(index, shown);
    left -= shown.length;
  }
  return chars - left;
}

/** Sentences with what joins them to those before: a line break or a space. Lines without a word are left out. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (const line of text.split("\n").filter((one) => /\w/.test(one)))
    sentences(line.trim()).forEach((sentence, at) => {
      const before = at > 0 && NUMBER.test(parts.at(-1) ?? "") ? parts.pop() : undefined;
      parts.push(before === undefined ? `${at > 0 ? " " : "\n"}${sentence}` : `${before} ${sentence}`);
    });
  return parts;
}

function joined(count: number, kept: ReadonlyMap<number, string>): string {
  let shown = "";
  for (let index = 0; index < count; index++) {
    const part = kept.get(index);
    if (part !== undefined) shown += shown === GAP ? ` ${part.trimStart()}` : part;
    else if (!shown.endsWith(GAP)) shown += GAP;
  }
  return shown.trim();
}

import { STANDS_IN } from "./admits.ts";
import { ends } from "./plain-text.ts";

const GAP = "…";
const LINE_LEAST = 60;
const CUT_CHARS_LEAST = 20;
const TROUBLE =
  /\b(?:error|errno|exception|traceback|fail(?:s|ed|ure|ures)?|fatal|denied|not found|no such|cannot|can't|couldn't|unable|undefined|invalid|refused|timed? ?out|killed|segmentation|core dumped|abort(?:ed)?|assert\w*|mismatch|unexpected|panic|not installed|missing|wrong|warning|\d+ passed)\b|^E\s{2,}/i;
const NOISE =
  /^\s*(?:(?:Get|Hit|Ign|Selecting|Preparing to|Unpacking|Setting up|Processing triggers|Downloading|Collecting|Requirement already|Using cached|Building dependency|Reading (?:package|state)|remote: |Receiving objects|Resolving deltas|\[?\d+%)\b.*|Previous response had warnings:|(?:WARNINGS: )?- Command \d+ should end with newline.*|[\W_]{8,})$|━|█|\b\d{1,3}%\s.*\b(?:eta|[kKMG]i?B)/;

/** One line cut to so many characters: its head and its tail. */
export function cutLine(line: string, chars: number): string {
  const kept = ends(line, Math.ceil(chars * 0.7), Math.floor(chars * 0.3));
  return kept === null ? line : `${kept.head}${GAP}${kept.tail}`;
}

/** An action in few characters: its first lines, fewer of its last ones, and those between that own to a stand-in. */
export function actionGist(text: string, chars: number): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (text.length <= chars) return lines.join("\n");
  const head = takeUp(lines, chars * 0.55);
  const rest = lines.slice(head.length);
  const owning = takeWhole(
    rest.filter((line) => STANDS_IN.test(line.slice(0, 400)) && line.length <= chars * 0.3),
    (chars - lengthOf(head)) * 0.5,
  );
  const tail = takeUp(rest.toReversed(), chars - lengthOf(head) - lengthOf(owning) - GAP.length).reverse();
  const between = new Set(owning);
  const shown = [...head];
  let missing = 0;
  const skip = (): void => {
    if (missing > 0) shown.push(`${GAP} ${missing} lines`);
    missing = 0;
  };
  for (const line of rest.slice(0, rest.length - tail.length)) {
    if (!between.delete(line)) missing++;
    else {
      skip();
      shown.push(line);
    }
  }
  skip();
  return [...shown, ...tail].join("\n");
}

/** What is to be told of an output. */
export interface OutputLines {
  lines: readonly string[];
  /** Lines that the reader has seen where the same was run before. */
  known: ReadonlySet<string>;
}

/**
 * Output in few characters: lines that tell of trouble (unless it is the content of a file) and the last lines before the first ones; what only shows
 * progress, or is known and tells of no trouble, comes last.
 */
export function outputGist({ lines, known }: OutputLines, chars: number, isContent: boolean): string {
  if (lengthOf(lines) <= chars + 1) return lines.join("\n");
  const kept = new Map<number, string>();
  let left = chars;
  const widest = Math.max(LINE_LEAST, chars / 3);
  const take = (order: readonly number[], share: number): void => {
    let room = Math.min(left, chars * share);
    for (const index of order) {
      const line = cutLine(lines[index] ?? "", widest);
      if (kept.has(index)) continue;
      if (line.length > room) break;
      kept.set(index, line);
      room -= line.length + 1;
      left -= line.length + 1;
    }
  };
  const all = lines.map((_, index) => index);
  const isTrouble = (line: string): boolean => TROUBLE.test(line.slice(0, 400));
  const telling = all.filter((index) => {
    const line = lines[index] ?? "";
    return !NOISE.test(line) && (!known.has(line) || isTrouble(line));
  });
  const trouble = telling.filter((index) => isTrouble(lines[index] ?? ""));
  if (!isContent) take([...trouble.slice(-1), ...trouble], 0.4);
  take(telling.toReversed(), 0.45);
  take(telling, 1);
  if (kept.size === 0) take(all.slice(-1), 1);
  return withGaps(lines.length, kept);
}

function withGaps(count: number, kept: ReadonlyMap<number, string>): string {
  const shown: string[] = [];
  for (let index = 0; index < count; index++) {
    const line = kept.get(index);
    if (line !== undefined) shown.push(line);
    else if (shown.at(-1) !== GAP) shown.push(GAP);
  }
  return shown.join("\n");
}

/** As many of the first as fit; of the first one, where it is too long by itself, its ends. */
function takeUp(parts: readonly string[], chars: number): string[] {
  const taken = takeWhole(parts, chars);
  const [first] = parts;
  return taken.length === 0 && first !== undefined && chars >= CUT_CHARS_LEAST
    ? [cutLine(first, chars - 1)]
    : taken;
}

function takeWhole(parts: readonly string[], chars: number): string[] {
  const taken: string[] = [];
  let left = chars;
  for (const part of parts) {
    if (part.length > left) break;
    taken.push(part);
    left -= part.length + 1;
  }
  return taken;
}

/** Characters of texts with what joins them. */
export function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

import { type ForbiddenLine, forbiddenLines, holdsLine } from "./code-lines.ts";
import type { ForbiddenText } from "./forbidden.ts";
import type { PlacedText } from "./hint-texts.ts";
import { RUN_CHARS, type WindowIndex, windowIndex, windowsIn } from "./overlap.ts";
import type { HintProblem } from "./problem.ts";
import type { Seen } from "./seen.ts";
import { type Squashed, squashLines } from "./squash.ts";

/** Longer words, and numbers of any length, tell something. */
const WORD_CHARS = 4;

/** A text of a hint with what of it the agent had not seen. */
interface Prepared extends PlacedText {
  squashed: Squashed;
  unseen: WindowIndex;
}

/** What of some texts stands in forbidden ones and was not seen: one problem for each text and forbidden file, at the first such place. */
export function checkForbidden(
  texts: readonly PlacedText[],
  forbidden: readonly ForbiddenText[],
  seen: Seen,
): HintProblem[] {
  const prepared = texts.map((one) => prepare(one, seen));
  return forbidden.flatMap((text) => {
    const other = squashLines(text.text);
    const lines = forbiddenLines(text);
    return prepared.flatMap(
      (one) => sharedRun(one, other, text, seen) ?? sharedLine(one, lines, text, seen) ?? [],
    );
  });
}

function prepare(one: PlacedText, seen: Seen): Prepared {
  const squashed = squashLines(one.text);
  const known = new Set<string>();
  for (const { window } of windowsIn(windowIndex(squashed.text), seen.squashed)) known.add(window);
  return { ...one, squashed, unseen: windowIndex(squashed.text, (window) => known.has(window)) };
}

function sharedRun(one: Prepared, other: Squashed, forbidden: ForbiddenText, seen: Seen): HintProblem | null {
  for (const { window, start } of windowsIn(one.unseen, other.text)) {
    if (isSeenButForAWord(window, seen)) continue;
    const line = one.squashed.lineOf(one.squashed.text.indexOf(window));
    const place = one.place === "text" ? `text:${line}` : one.place;
    return problem(place, `${RUN_CHARS} letters and digits in a row`, forbidden, other.lineOf(start));
  }
  return null;
}

/** A quote with a short word of the sentence around it: `as make report` where both the hint and the verifier happen to say "as". */
function isSeenButForAWord(window: string, seen: Seen): boolean {
  const word = /^\p{L}+$/u;
  for (let chars = 1; chars <= WORD_CHARS; chars++) {
    const ends = [
      [window.slice(0, chars), window.slice(chars)],
      [window.slice(-chars), window.slice(0, -chars)],
    ];
    if (ends.some(([end = "", rest = ""]) => word.test(end) && seen.squashed.includes(rest))) return true;
  }
  return false;
}

function sharedLine(
  one: Prepared,
  lines: readonly ForbiddenLine[],
  forbidden: ForbiddenText,
  seen: Seen,
): HintProblem | null {
  const found = lines.find(({ text }) => holdsLine(one.text, text) && !seen.hasLine(text));
  if (found === undefined) return null;
  const what = forbidden.kind === "names" ? "the name of a test" : "a line of code";
  return problem(one.place, what, forbidden, found.line);
}

function problem(place: string, what: string, { path, is_gold }: ForbiddenText, line: number): HintProblem {
  const source = is_gold ? "the solution" : "what the verifier holds";
  return {
    kind: "forbidden_text",
    place,
    message: `${what} of it: ${source} has the same (${path}:${line}), and nothing that the agent saw before its mistake does`,
    source: { path, line },
  };
}

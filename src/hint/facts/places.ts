import type { Evidence } from "../../trajectory/label.ts";
import { type AttemptState, isTouched } from "../attempt-state.ts";
import { code, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";

const WORTH = 0.55;
const RELEVANT = 0.35;
const PLACES_MOST = 5;
const TEXT_CHARS = 90;

const FOUND = /^((?:\/|\.\/)?[\w@.+-]+(?:\/[\w@.+-]+)*\.\w{1,6})[:-](\d+)[:-]\s*(\S.*)$/;
const FOUND_IN_ONE = /^(\d+):\s*(\S.*)$/;
const NUMBERED = /^\s*(\d+)(?:→|\t)\s*(\S.*)$/;
const DEFINES =
  /^(?:export |default |public |private |protected |static |async |pub(?:\(\w+\))? |abstract |final |inline )*(?:class|def|function|func|fn|interface|struct|enum|trait|impl|module|type|#define|const fn)\s+([A-Za-z_]\w{2,})/;

/** How an editor heads what it shows of a file. */
const VIEWED = /^\[File: (\S+) \(\d+ lines total\)\]/;
/** Shorter names of one word mean many things. */
const TELLING = /_|[a-z][A-Z]|^[A-Z]|^.{9,}$/;
const OF_TESTS = /(?:^|\/)tests?(?:\/|_)|_test\./;
const TEST_SHARE = 0.6;

interface Place {
  path: string;
  line: string;
  text: string;
  quote: Evidence;
  worth: number;
}

/** Where the code stands that the task is about: what searches and reads showed in files as they were. */
export const places: Miner = (source) => {
  const found = new Map<string, Place>();
  for (const segment of source.segments) {
    const state = source.stateBefore(segment.step.step_id);
    if (state.rewound) break;
    for (const place of placesOf(segment, source, state)) {
      const key = `${place.path}:${place.line}`;
      if (!found.has(key)) found.set(key, place);
    }
  }
  const best = [...found.values()].sort((a, b) => b.worth - a.worth).slice(0, PLACES_MOST);
  return best.map(
    ({ path, line, text, quote, worth }): Fact => ({
      text: `${code(`${path}:${line}`)} holds ${code(text, TEXT_CHARS)}.`,
      evidence: [quote],
      worth,
    }),
  );
};

function placesOf(segment: Segment, source: FactSource, state: AttemptState): Place[] {
  const { lines, step, step_id, command } = segment;
  const only =
    VIEWED.exec(lines[0] ?? "")?.[1] ??
    (step.touches.reads?.length === 1 ? step.touches.reads[0] : undefined);
  const isNumbered = VIEWED.test(lines[0] ?? "") || /\bgrep\b.*-\w*n/.test(command);
  return lines.flatMap((line) => {
    const place = placeIn(line, only, isNumbered);
    if (!place || isTouched(place.path, state)) return [];
    const name = DEFINES.exec(place.text)?.[1] ?? "";
    const relevance = TELLING.test(name) ? source.relevance(name) : 0;
    if (relevance === 0) return [];
    const worth = (WORTH + RELEVANT * relevance) * (OF_TESTS.test(place.path) ? TEST_SHARE : 1);
    return [{ ...place, quote: seen(step_id, line.trim()), worth }];
  });
}

function placeIn(
  line: string,
  only: string | undefined,
  isNumbered: boolean,
): Pick<Place, "path" | "line" | "text"> | null {
  const [, path, at, text] = FOUND.exec(line) ?? [];
  if (path !== undefined && at !== undefined && text !== undefined) return { path, line: at, text };
  if (only === undefined || !/\.\w{1,6}$/.test(only)) return null;
  const [, number, rest] = NUMBERED.exec(line) ?? (isNumbered ? FOUND_IN_ONE.exec(line) : null) ?? [];
  return number !== undefined && rest !== undefined ? { path: only, line: number, text: rest } : null;
}

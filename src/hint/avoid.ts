import type { HintPoint } from "../trajectory/hint.ts";
import type { Label } from "../trajectory/label.ts";
import type { IndexedStep } from "../trajectory/step.ts";
import { slipWords } from "./detector-words.ts";
import { errorIn } from "./facts/error-line.ts";
import { code, done, seen } from "./quoting.ts";
import { segmentsOf } from "./segments.ts";
import { didWhat, isKeys } from "./step-words.ts";

const AVOID_MOST = 6;
const TRIES_LEAST = 2;
const QUOTE_CHARS = 130;
const LOOKS = /^\s*(?:cd \S+ && )?(?:ls|cat|head|tail|find|grep|pwd|which|file|stat|wc|echo|sleep)\b/;

/** What was tried more than once and failed each time, and the other sure slips. The costliest first. */
export function avoidFrom(steps: readonly IndexedStep[], others: readonly Label[]): HintPoint[] {
  return [...repeatedFailures(steps), ...otherSlips(steps, others)].slice(0, AVOID_MOST);
}

function repeatedFailures(steps: readonly IndexedStep[]): HintPoint[] {
  const rows = new Map<number, IndexedStep[]>();
  for (const step of steps) {
    const origin = step.repeat_of ?? step.near_repeat_of ?? step.step_id;
    rows.set(origin, [...(rows.get(origin) ?? []), step]);
  }
  return [...rows.values()]
    .filter((row) => row.length >= TRIES_LEAST && row.every((step) => step.failed))
    .filter(([first]) => first !== undefined && !isKeys(first) && !LOOKS.test(first.action))
    .sort((a, b) => b.length - a.length)
    .flatMap((row) => triedInVain(row) ?? []);
}

function triedInVain(row: readonly IndexedStep[]): HintPoint | null {
  const [first] = row;
  const action = first && done(first);
  if (!first || !action) return null;
  for (const { lines, step_id, step } of segmentsOf(row)) {
    const error = row.includes(step) ? errorIn(lines) : null;
    if (error === null) continue;
    return {
      text: `The earlier attempt ${didWhat(first)} ${row.length} times, almost unchanged, and it failed each time, as with ${code(error, QUOTE_CHARS)}.`,
      evidence: [seen(step_id, error), action],
    };
  }
  return null;
}

/** One of each kind; what only signs speak against has nothing more to tell. */
function otherSlips(steps: readonly IndexedStep[], others: readonly Label[]): HintPoint[] {
  const kinds = new Set<string>();
  return others.flatMap((label) => {
    const step = steps[label.step_id - 1];
    const words = slipWords(label.detector);
    const quote =
      label.evidence.find((one) => one.where !== "action") ?? (words ? label.evidence[0] : undefined);
    if (!step || !quote || kinds.has(label.detector)) return [];
    kinds.add(label.detector);
    const text = `It ${words?.did ?? didWhat(step)}: ${code(quote.quote, QUOTE_CHARS)}.`;
    return [{ text, evidence: label.evidence }];
  });
}

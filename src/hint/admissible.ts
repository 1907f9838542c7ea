import { findInjections } from "../trace/injection/find-injections.ts";
import type { HintPoint } from "../trajectory/hint.ts";
import type { Evidence } from "../trajectory/label.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import { fieldOf } from "./quoting.ts";

/** Folders and files of verifiers and of reference solutions, as harnesses lay them out. */
const VERIFIER_PLACE =
  /(?:^|[\s"'`=:(])\/(?:tests?|oracle|verifier|solution|logs\/verifier)(?=[/\s"'`:),;]|$)|\breward\.(?:txt|json)\b|\b(?:run-tests\.sh|solution\.(?:sh|yaml)|test_outputs\.py|gold[_ -]?patch|gold\.(?:patch|diff)|FAIL_TO_PASS|PASS_TO_PASS)\b/i;

/** What reads like a word to the reader rather than like the output of a program. Dropping a fact too many costs little. */
const SPEAKS_TO_READER =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,60}\b(?:instruction|prompt|rule|guideline|above|previous)|\byou (?:must|should|are now|will now|need to|have to)\b|\b(?:system|developer) (?:prompt|message|note)\b|<\/?(?:system|assistant|user)\b|<\|im_|\bsystem-reminder\b|\b(?:AI|LLM|language model|assistant|grader|judge|annotator)s?\b.{0,40}\b(?:must|should|reading|label|report)\b|\b(?:reveal|exfiltrate|leak)\b/i;

/** Whether a point may stand in a hint. */
export type Admits = (point: HintPoint) => boolean;

/** An injection goes on for some lines before and behind the ones that it is known by. */
const NEAR_CHARS = 400;

/**
 * Lets a point through when each of its quotes stands in the run, holds no order to the reader and does not stand beside a known one, and, without leave, shows
 * nothing of the verifier.
 */
export function admission({ steps, diagnosis }: TracedWorkspace, allowVerifier: boolean): Admits {
  const known = diagnosis.injections;
  // Rules look for none, and what the patterns find alone taints its own line only.
  const found = diagnosis.tracer === "rules" ? findInjections(steps) : [];
  const fits = (one: Evidence): boolean => {
    const step = steps[one.step_id - 1];
    const text = fieldOf(step, one.where);
    if (step?.step_id !== one.step_id || text?.includes(one.quote) !== true) return false;
    if (SPEAKS_TO_READER.test(one.quote) || known.some((other) => isNear(one, other, text))) return false;
    if (found.some(({ quote }) => quote.includes(one.quote) || one.quote.includes(quote))) return false;
    return allowVerifier || !(VERIFIER_PLACE.test(one.quote) || VERIFIER_PLACE.test(step.action));
  };
  return ({ text, evidence }) =>
    evidence.every(fits) && !SPEAKS_TO_READER.test(text) && (allowVerifier || !VERIFIER_PLACE.test(text));
}

function isNear(one: Evidence, injection: Pick<Evidence, "quote">, text: string): boolean {
  const order = text.indexOf(injection.quote);
  const quote = text.indexOf(one.quote);
  return order >= 0 && quote >= order - NEAR_CHARS && quote <= order + injection.quote.length + NEAR_CHARS;
}

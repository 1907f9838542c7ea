import type { FidelityCheck } from "../../trajectory/extraction.ts";
import type { Step } from "../../trajectory/step.ts";
import { listed } from "./listed.ts";
import type { Kind } from "./raw-texts.ts";
import { isFound, type Survey } from "./survey.ts";

/** Some calls are never executed: refused, malformed, cut off. More of them are a reader's loss. */
const MAX_WITHOUT_STEP = 0.08;

/**
 * Whether what stands where calls stand has a step: ids among the ids, texts among the texts. For readers that
 * do not count by another way themselves.
 */
export function checkCallsRead(steps: readonly Step[], survey: Survey): FidelityCheck {
  const name = "calls without a step";
  const counts = steps.some((step) => step.tool_call_id !== undefined)
    ? countIds(steps, survey)
    : countTexts(survey);
  const all = counts.read + counts.unread;
  if (counts.read < 3)
    return { name, passed: null, value: null, detail: "too few calls were found in the texts" };
  return {
    name,
    passed: counts.unread <= all * MAX_WITHOUT_STEP,
    value: counts.unread,
    detail: `${counts.unread} of ${all} that stand where calls stand`,
  };
}

interface Counts {
  read: number;
  unread: number;
}

/** In the kinds of which most texts are call ids. */
function countIds(steps: readonly Step[], { texts }: Survey): Counts {
  const known = new Set(steps.map((step) => step.tool_call_id));
  const idsOf = new Map<Kind, Set<string>>();
  for (const { kind, text } of texts) {
    const ids = idsOf.get(kind);
    if (ids) ids.add(text);
    else idsOf.set(kind, new Set([text]));
  }
  let counts: Counts = { read: 0, unread: 0 };
  for (const ids of idsOf.values()) {
    const read = [...ids].filter((id) => known.has(id)).length;
    const isOfCalls = read * 2 > ids.size;
    if (isOfCalls && read > counts.read) counts = { read, unread: ids.size - read };
  }
  return counts;
}

/** In the kind of text that is the first to hold most calls. */
function countTexts({ texts, callKinds }: Survey): Counts {
  let counts: Counts = { read: 0, unread: 0 };
  for (const kind of callKinds) {
    if (kind.isPlain) continue;
    const ofKind = texts.filter((text) => text.kind === kind && !text.isRepeated);
    const read = ofKind.filter(isFound).length;
    if (read > counts.read) counts = { read, unread: ofKind.length - read };
  }
  return counts;
}

/**
 * Whether a call stands in two steps: by its agent and id (ids are an agent's own in some formats); where calls have none, by its place and all that
 * it says.
 */
export function checkDuplicates(steps: readonly Step[]): FidelityCheck {
  const name = "no call twice";
  const keys = steps.map((step) =>
    step.tool_call_id === undefined ? placeOf(step, steps) : JSON.stringify([step.agent, step.tool_call_id]),
  );
  const stepsOf = new Map<string, number[]>();
  for (const [at, key] of keys.entries()) {
    const id = steps[at]?.step_id;
    if (key === null || id === undefined) continue;
    stepsOf.set(key, [...(stepsOf.get(key) ?? []), id]);
  }
  const repeated = [...stepsOf.values()].filter((ids) => ids.length > 1).flat();
  if (stepsOf.size === 0)
    return {
      name,
      passed: null,
      value: repeated.length,
      detail: "calls have neither ids nor places of their own",
    };
  return {
    name,
    passed: repeated.length === 0,
    value: repeated.length,
    detail:
      repeated.length === 0 ? `${stepsOf.size} distinct calls` : `steps ${listed(repeated)} are one call`,
  };
}

/** Longer observations are told apart by their length and beginning. */
const MAX_KEY_CHARS = 1000;

/** What tells a call without an id from others; null where several may stand in one place and say the same. */
function placeOf(
  { action, action_ref, observation, parallel_group }: Step,
  steps: readonly Step[],
): string | null {
  if (action_ref === null || !observation || parallel_group !== undefined || steps.length < 2) return null;
  const [first, second] = steps;
  const isShared =
    JSON.stringify(first?.action_ref) === JSON.stringify(second?.action_ref) &&
    first?.action !== second?.action;
  if (isShared) return null;
  return JSON.stringify([action, action_ref, observation.length, observation.slice(0, MAX_KEY_CHARS)]);
}

import type { Step } from "../../trajectory/step.ts";
import { clip, squash } from "./grams.ts";
import type { Kind } from "./raw-texts.ts";
import type { Survey, SurveyedText } from "./survey.ts";
import type { Field } from "./text-index.ts";

/** The texts of the raw files that answer calls. */
export interface Answers {
  /** By the step whose call they answer, from 0. */
  byStep: ReadonlyMap<number, readonly SurveyedText[]>;
  /** The kinds of texts that answers are. */
  kinds: ReadonlySet<Kind>;
}

/** Finds the texts that answer each call: by the call's id, or by what stands before them. */
export function findAnswers(steps: readonly Step[], survey: Survey): Answers {
  const stepOf = stepsOfTexts(steps, survey);
  const { agreeing, spoken } = judgeKinds(steps, stepOf);
  const ownedIn = (fields: ReadonlyMap<Kind, Field>): Kind[] =>
    [...fields].filter(([, field]) => field === "observation").map(([kind]) => kind);
  const likely = new Set([...agreeing, ...ownedIn(survey.fields)]);
  const texts = [...stepOf].filter(([text]) => likely.has(text.kind) && !spoken.has(text.kind));
  const hasIds = texts.some(([text]) => text.callStep !== null);
  const byStep = new Map<number, SurveyedText[]>();
  for (const [text, at] of texts) {
    if (hasIds && text.callStep === null) continue;
    const known = byStep.get(at);
    if (known) known.push(text);
    else byStep.set(at, [text]);
  }
  return { byStep, kinds: new Set([...agreeing, ...ownedIn(survey.firmFields)]) };
}

/** The step that each text belongs to, where that is sure. */
function stepsOfTexts(steps: readonly Step[], { texts, callOrders }: Survey): Map<SurveyedText, number> {
  const stepOf = new Map<SurveyedText, number>();
  const starts = callOrders.flatMap((order, at) => (order === undefined ? [] : [{ order, at }]));
  starts.sort((a, b) => a.order - b.order);
  let next = 0;
  for (const text of texts) {
    while ((starts[next]?.order ?? Number.POSITIVE_INFINITY) < text.order) next++;
    const start = starts[next - 1];
    const follower = starts[next];
    // Plain lines hold calls and answers in one; an id is no answer.
    if (text.kind.isPlain || (text.callStep !== null && steps[text.callStep]?.tool_call_id === text.text))
      continue;
    if (text.callStep !== null) stepOf.set(text, text.callStep);
    else if (
      start &&
      (follower === undefined ? start.at === callOrders.length - 1 : Math.abs(follower.at - start.at) === 1)
    )
      stepOf.set(text, start.at);
  }
  return stepOf;
}

/** Of each kind, the first texts are compared, and of longer ones the beginning. */
const MAX_VOTES = 60;
const MAX_COMPARED_CHARS = 4000;
const MIN_TELLING_CHARS = 12;

/** Kinds of texts that mostly are what was observed for the call they belong to, and kinds that mostly stand in the call. */
function judgeKinds(
  steps: readonly Step[],
  stepOf: ReadonlyMap<SurveyedText, number>,
): Record<"agreeing" | "spoken", Set<Kind>> {
  const squashed = new Map<number, { observed: string; said: string }>();
  const votes = new Map<Kind, { agreed: number; spoken: number; all: number }>();
  for (const [text, at] of stepOf) {
    const vote = votes.get(text.kind) ?? { agreed: 0, spoken: 0, all: 0 };
    votes.set(text.kind, vote);
    if (text.isRepeated || vote.all >= MAX_VOTES) continue;
    const raw = squash(text.text.slice(0, MAX_COMPARED_CHARS));
    if (raw === "") continue;
    const step = squashed.get(at) ?? squashedStep(steps[at]);
    squashed.set(at, step);
    const isSpoken = step.said.includes(raw);
    // A word such as `Edit` stands in many observations.
    const isTelling = isSpoken || raw.length >= MIN_TELLING_CHARS || raw === step.observed;
    if (step.observed === "" || !isTelling) continue;
    vote.all++;
    if (isSpoken) vote.spoken++;
    else if (agrees(raw, step.observed)) vote.agreed++;
  }
  const mostly = (of: "agreed" | "spoken"): Set<Kind> =>
    new Set([...votes].filter(([, vote]) => vote[of] * 2 > vote.all).map(([kind]) => kind));
  return { agreeing: mostly("agreed"), spoken: mostly("spoken") };
}

function squashedStep(step: Step | undefined): { observed: string; said: string } {
  return { observed: squash(clip(step?.observation ?? "")), said: squash(clip(step?.action ?? "")) };
}

const PROBE_CHARS = 24;

/** Whether one of two texts stands in the other, or a good piece of it: records frame texts, readers join them. */
export function agrees(raw: string, observed: string): boolean {
  if (raw.includes(observed) || observed.includes(raw)) return true;
  const probes = [0, 0.25, 0.5, 0.75].map((share) => {
    const from = Math.floor(share * Math.max(0, observed.length - PROBE_CHARS));
    return observed.slice(from, from + PROBE_CHARS);
  });
  return observed.length > PROBE_CHARS && probes.some((probe) => raw.includes(probe));
}

import { cleanText } from "../../index-run/clean-text.ts";
import { findVerbatim } from "../../trace/investigation/verbatim.ts";
import type { BehaviourFlag, Evidence, IndexedStep } from "../../trajectory/index.ts";
import type { Verdict } from "./verdict.ts";

const REASON_CHARS = 600;
const EVIDENCE_MAX = 6;
/** What a view puts before the first line of a field. */
const VIEW_MARK = /^\s*(?:\$ |thinks: |output: )/;

type Quote = Verdict["quotes"][number];

/** A verdict as a flag, and sentences for the model about what of it does not hold. */
export interface CheckedVerdict {
  flag: BehaviourFlag;
  problems: string[];
}

/** Looks every claim of a verdict up in the steps that were shown. With problems, its flag is not to be used. */
export function checkVerdict(
  verdict: Verdict,
  steps: readonly IndexedStep[],
  judged_by: string,
): CheckedVerdict {
  const { rubric: behaviour, present, confidence } = verdict;
  const reason = cleanText(verdict.reason, REASON_CHARS) || "(no reason given)";
  const flag = { behaviour, present, confidence, step_ids: [], evidence: [], reason, judged_by };
  if (present !== true) return { flag, problems: [] };
  const looked = verdict.quotes.map((quote, index) => lookUp(quote, index + 1, steps));
  const evidence = looked.filter((one) => typeof one !== "string");
  const problems = looked.filter((one) => typeof one === "string");
  if (looked.length === 0) problems.push("`true` without a quote");
  const unknown = verdict.step_ids.filter((id) => steps[id - 1] === undefined);
  if (unknown.length > 0) problems.push(`\`step_ids\` names steps that are not there: ${listed(unknown)}`);
  const named = verdict.step_ids.length > 0 ? verdict.step_ids : evidence.map(({ step_id }) => step_id);
  return {
    flag: {
      ...flag,
      step_ids: [...new Set(named)].sort((a, b) => a - b),
      evidence: distinct(evidence).slice(0, EVIDENCE_MAX),
    },
    problems,
  };
}

/** What becomes of a verdict whose claims did not hold twice. */
export function abstention(flag: BehaviourFlag): BehaviourFlag {
  return {
    ...flag,
    present: null,
    confidence: 0,
    step_ids: [],
    evidence: [],
    reason: "The model says that it is present and gives no quote that stands in the run.",
  };
}

/** The quote as it stands in the field that it names, or a sentence about why it does not. */
function lookUp(
  { step: id, where, text }: Quote,
  number: number,
  steps: readonly IndexedStep[],
): Evidence | string {
  const step = steps[id - 1];
  if (step === undefined) return `quote ${number} names step ${id}, which is not there`;
  const found = inField(text, step, where) ?? inField(text.replace(VIEW_MARK, ""), step, where);
  if (found !== null) return { step_id: id, where, quote: found };
  const elsewhere = findVerbatim(text, step);
  return elsewhere === null
    ? `quote ${number} does not stand in step ${id}`
    : `quote ${number} stands in the ${elsewhere.where} of step ${id}, not in its ${where}`;
}

function inField(text: string, step: IndexedStep, where: Evidence["where"]): string | null {
  return findVerbatim(text, fieldOnly(step, where))?.quote ?? null;
}

const fieldsOf = new WeakMap<IndexedStep, Map<Evidence["where"], IndexedStep>>();

/** The step with one field alone; kept, since the search keeps what it makes of long texts by step. */
function fieldOnly(step: IndexedStep, where: Evidence["where"]): IndexedStep {
  const known = fieldsOf.get(step) ?? new Map<Evidence["where"], IndexedStep>();
  fieldsOf.set(step, known);
  const { thinking, ...rest } = step;
  const alone = known.get(where) ?? {
    ...rest,
    action: where === "action" ? step.action : "",
    observation: where === "observation" ? step.observation : null,
    ...(where === "thinking" && thinking !== undefined ? { thinking } : {}),
  };
  known.set(where, alone);
  return alone;
}

function distinct(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((one) => [JSON.stringify(one), one])).values()];
}

const LISTED_MAX = 5;

function listed(ids: readonly number[]): string {
  return ids.slice(0, LISTED_MAX).join(", ") + (ids.length > LISTED_MAX ? ", …" : "");
}

import type { Finding } from "../investigation/investigation.ts";
import { FINDING_KINDS } from "../investigation/report.ts";

/** What the selector reads of a finding. */
export type Claim = Pick<Finding, "step_ids" | "kind" | "confidence" | "stretch_share">;

/** What the rules say of a step. */
export interface RuleStep {
  step_id: number;
  /** Calibrated probability by the rules' model, 0 to 1. */
  probability: number;
  /** Whether the rules would label it incorrect. */
  chosen: boolean;
}

/** A run as the selector reads it. */
export interface SelectView<C extends Claim = Claim> {
  findings: readonly C[];
  /** One entry a step; a step without one counts as improbable. */
  rules: readonly RuleStep[];
  step_count: number;
  /** null = not known. */
  resolved: boolean | null;
}

/** One step with what is known of it. */
export interface StepFacts {
  view: SelectView;
  step_id: number;
  /** The most confident finding that holds the step; null = none does. */
  finding: Claim | null;
  /** Log-odds of a step by the rules. */
  rules(step_id: number): number;
  /** Those of the step that the rules suspect most. */
  rules_best: number;
  rules_chosen: boolean;
}

/** One number about one step. Pure; about -2 to 1, never NaN. */
export interface SelectFeature {
  name: string;
  /** What it is about. Ablations leave out one group at a time. */
  group: "kind" | "confidence" | "stage" | "rules" | "block" | "position" | "outcome";
  value(facts: StepFacts): number;
}

const LOG_ODDS_MIN = -6;
const LOG_ODDS_MAX = 4;
/** Brings log-odds to the size of the other features. */
const LOG_ODDS_UNIT = 4;
/** Log-odds of a step that no finding holds, as of a confidence of 5 %. */
const UNFOUND = -3;

/** Every feature of the selection, in the order of the weights. */
export const SELECT_FEATURES: readonly SelectFeature[] = [
  ...FINDING_KINDS.map(
    (kind): SelectFeature => ({
      name: kind,
      group: "kind",
      value: ({ finding }) => (finding?.kind === kind ? 1 : 0),
    }),
  ),
  {
    name: "confidence",
    group: "confidence",
    value: ({ finding }) => (finding === null ? UNFOUND : logOddsOf(finding.confidence)) / LOG_ODDS_UNIT,
  },
  {
    name: "rank",
    group: "confidence",
    value: ({ finding, view }) =>
      finding === null
        ? 0
        : 1 / (1 + view.findings.filter((one) => one.confidence > finding.confidence).length),
  },
  { name: "stage-share", group: "stage", value: ({ finding }) => finding?.stretch_share ?? 0 },
  { name: "rules", group: "rules", value: ({ rules, step_id }) => rules(step_id) / LOG_ODDS_UNIT },
  {
    name: "rules-block",
    group: "rules",
    value: ({ rules, finding, step_id }) =>
      Math.max(...(finding?.step_ids ?? [step_id]).map(rules)) / LOG_ODDS_UNIT,
  },
  {
    name: "rules-lead",
    group: "rules",
    value: ({ rules, rules_best, step_id }) => (rules(step_id) - rules_best) / LOG_ODDS_UNIT,
  },
  { name: "rules-chosen", group: "rules", value: ({ rules_chosen }) => (rules_chosen ? 1 : 0) },
];

/** What is known of each of these steps. */
export function stepFacts(view: SelectView, stepIds: readonly number[]): StepFacts[] {
  const logOdds = new Map(view.rules.map((one) => [one.step_id, logOddsOf(one.probability)]));
  const chosen = new Set(view.rules.filter((one) => one.chosen).map((one) => one.step_id));
  const rules_best = Math.max(LOG_ODDS_MIN, ...logOdds.values());
  const rules = (step_id: number): number => logOdds.get(step_id) ?? LOG_ODDS_MIN;
  return stepIds.map((step_id) => ({
    view,
    step_id,
    finding: findingOf(view.findings, step_id),
    rules,
    rules_best,
    rules_chosen: chosen.has(step_id),
  }));
}

/** The most confident finding that holds a step, the earlier one of equals; null = none does. */
export function findingOf<C extends Claim>(findings: readonly C[], step_id: number): C | null {
  return findings
    .filter((one) => one.step_ids.includes(step_id))
    .reduce<C | null>((best, one) => (best !== null && best.confidence >= one.confidence ? best : one), null);
}

function logOddsOf(probability: number): number {
  const value = Math.log(probability / (1 - probability));
  return Math.max(LOG_ODDS_MIN, Math.min(LOG_ODDS_MAX, value));
}

import type { Finding } from "../investigation/investigation.ts";
import { FINDING_KINDS } from "../investigation/report.ts";

/** What the selector reads of a finding. */
export type Claim = Pick<Finding, "step_ids" | "kind" | "confidence" | "stage_share">;

/** What the rules say of a step. */
export interface RuleStep {
  step_id: number;
  /** Calibrated probability by the rules' model, 0 to 1. */
  probability: number;
  /** Whether the rules would label it incorrect. */
  chosen: boolean;
}

/** A run as the selector reads it. */
export interface SelectView {
  findings: readonly Claim[];
  /** One entry a step; a step without one counts as improbable. */
  rules: readonly RuleStep[];
  step_count: number;
  /** null = not known. */
  resolved: boolean | null;
}

/** What a feature is about. Ablations leave out one group at a time. */
export type SelectGroup =
  | "finding"
  | "kind"
  | "confidence"
  | "stage"
  | "block"
  | "position"
  | "rules"
  | "outcome";

/** One step with what is known of it. */
interface Place {
  view: SelectView;
  step_id: number;
  /** The most confident finding that holds the step. */
  finding: Claim | undefined;
  /** Log-odds by the rules, by step id. */
  logOdds: ReadonlyMap<number, number>;
  chosen: ReadonlySet<number>;
  best: number;
}

interface SelectFeature {
  name: string;
  group: SelectGroup;
  /** About -1 to 1; never NaN. */
  value(place: Place): number;
}

const LOG_ODDS_MIN = -6;
const LOG_ODDS_MAX = 4;
const LENGTH_MAX = 6;
/** Log-odds of a step that no finding holds, as of a confidence of 5 %. */
const UNFOUND = -3;

/** Every feature, in the order of the weights. */
export const SELECT_FEATURES: readonly SelectFeature[] = [
  { name: "found", group: "finding", value: ({ finding }) => (finding ? 1 : 0) },
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
    value: ({ finding }) => (finding ? clampedLogOdds(finding.confidence) : UNFOUND) / 4,
  },
  {
    name: "rank",
    group: "confidence",
    value: ({ finding, view }) =>
      finding ? 1 / (1 + view.findings.filter((one) => one.confidence > finding.confidence).length) : 0,
  },
  { name: "stage-share", group: "stage", value: ({ finding }) => finding?.stage_share ?? 0 },
  {
    name: "length",
    group: "block",
    value: ({ finding }) => Math.min(LENGTH_MAX, finding?.step_ids.length ?? 0) / LENGTH_MAX,
  },
  {
    name: "findings",
    group: "block",
    value: ({ finding, view }) => (finding ? Math.log2(1 + view.findings.length) / 4 : 0),
  },
  { name: "place", group: "position", value: ({ view, step_id }) => step_id / Math.max(1, view.step_count) },
  {
    name: "near-end",
    group: "position",
    value: ({ view, step_id }) => 1 / (1 + Math.max(0, view.step_count - step_id)),
  },
  {
    name: "rules",
    group: "rules",
    value: ({ logOdds, step_id }) => (logOdds.get(step_id) ?? LOG_ODDS_MIN) / 4,
  },
  {
    name: "rules-block",
    group: "rules",
    value: ({ logOdds, finding, step_id }) =>
      Math.max(...(finding?.step_ids ?? [step_id]).map((id) => logOdds.get(id) ?? LOG_ODDS_MIN)) / 4,
  },
  {
    name: "rules-lead",
    group: "rules",
    value: ({ logOdds, best, step_id }) => ((logOdds.get(step_id) ?? LOG_ODDS_MIN) - best) / 4,
  },
  { name: "rules-chosen", group: "rules", value: ({ chosen, step_id }) => (chosen.has(step_id) ? 1 : 0) },
  { name: "solved", group: "outcome", value: ({ view }) => (view.resolved === true ? 1 : 0) },
  { name: "outcome-unknown", group: "outcome", value: ({ view }) => (view.resolved === null ? 1 : 0) },
];

/** The values of each of these steps, in the order of `SELECT_FEATURES`. */
export function selectRows(view: SelectView, stepIds: readonly number[]): number[][] {
  const logOdds = new Map(view.rules.map((one) => [one.step_id, clampedLogOdds(one.probability)]));
  const shared = {
    view,
    logOdds,
    chosen: new Set(view.rules.filter((one) => one.chosen).map((one) => one.step_id)),
    best: Math.max(LOG_ODDS_MIN, ...logOdds.values()),
  };
  const surest = [...view.findings].sort((a, b) => b.confidence - a.confidence);
  return stepIds.map((step_id) => {
    const place = { ...shared, step_id, finding: surest.find((one) => one.step_ids.includes(step_id)) };
    return SELECT_FEATURES.map((feature) => feature.value(place));
  });
}

function clampedLogOdds(probability: number): number {
  const value = Math.log(probability / (1 - probability));
  return Math.max(LOG_ODDS_MIN, Math.min(LOG_ODDS_MAX, value));
}

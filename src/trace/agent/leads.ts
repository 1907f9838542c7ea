import type { Outcome } from "../../trajectory/outcome.ts";
import type { Stage } from "../../trajectory/stage.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { candidates } from "../rules/candidates.ts";
import { inspect } from "../rules/findings.ts";
import { type Model, scoreSteps } from "../rules/model/score-steps.ts";
import { WEIGHTS } from "../rules/model/weights.generated.ts";
import type { Selection } from "../rules/model/weights.ts";
import { type Candidate, mergedByStep } from "../rules/select.ts";

const LINES_MAX = 6;
const REASON_CHARS = 110;
const NO_LEADS = "(none: no rule found anything)";
/** What the model of the rules says for steps that no single rule names. */
const WEIGHED = /^No single rule names this step, but its signs weigh together: /;

/** An indexed run, as the rules read it. */
export interface LedRun {
  steps: readonly IndexedStep[];
  stages: readonly Stage[];
  outcome: Outcome;
  /** null = not recorded. */
  task: string | null;
}

interface Lead {
  step_ids: number[];
  reason: string;
  is_incorrect: boolean;
  probability: number;
}

/**
 * What the rules suspect, as text for a model: at most six lines such as `steps 14, 18: … (p 0.42)`, what the rules would label first, then their weaker findings. In our words; nothing of the
 * run's text stands in it. `model` is another than the shipped one where rows that it was fitted on must be kept apart.
 */
export function leadsOf(run: LedRun, model: Model & { selection: Selection } = WEIGHTS): string {
  const inspection = inspect(run);
  const scores = scoreSteps(inspection.view, model);
  const chosen = candidates(inspection, run.outcome.resolved, model);
  const named = new Set(chosen.map((one) => one.step_id));
  const others = mergedByStep(inspection.findings).filter((one) => !named.has(one.step_id));
  const probability = (one: Candidate): number =>
    one.detector.label === "incorrect"
      ? (scores[one.step_id - 1]?.probability ?? one.confidence)
      : one.confidence;
  const ranked = (found: readonly Candidate[]): Lead[] =>
    grouped(
      found.map((one) => ({
        step_ids: [one.step_id],
        reason: reasonOf(one),
        is_incorrect: one.detector.label === "incorrect",
        probability: probability(one),
      })),
    );
  const leads = [...ranked(chosen), ...ranked(others)].slice(0, LINES_MAX);
  return leads.length === 0 ? NO_LEADS : leads.map(lineOf).join("\n");
}

/** Leads for one reason share a line; wrong steps before redundant ones, then the most probable first. */
function grouped(leads: readonly Lead[]): Lead[] {
  const byReason = new Map<string, Lead>();
  for (const lead of leads) {
    const same = byReason.get(lead.reason);
    if (same === undefined) byReason.set(lead.reason, { ...lead, step_ids: [...lead.step_ids] });
    else {
      same.step_ids.push(...lead.step_ids);
      same.probability = Math.max(same.probability, lead.probability);
    }
  }
  return [...byReason.values()].sort(
    (a, b) => Number(b.is_incorrect) - Number(a.is_incorrect) || b.probability - a.probability,
  );
}

function reasonOf({ detector, reasoning }: Candidate): string {
  const clause = WEIGHED.test(reasoning) ? reasoning.replace(WEIGHED, "") : detector.title;
  const short = clause.length <= REASON_CHARS ? clause : `${clause.slice(0, REASON_CHARS - 1)}…`;
  return detector.label === "incorrect" ? short.replace(/\.$/, "") : `unuseful? ${short}`;
}

function lineOf({ step_ids, reason, probability }: Lead): string {
  const ids = [...step_ids].sort((a, b) => a - b);
  const shown = ids.length <= 8 ? ids.join(", ") : `${ids.slice(0, 8).join(", ")} and ${ids.length - 8} more`;
  return `${ids.length === 1 ? "step" : "steps"} ${shown}: ${reason} (p ${probability.toFixed(2)})`;
}

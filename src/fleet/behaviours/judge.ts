import type { BehaviourFlag } from "../../trajectory/index.ts";
import type { Behaviour, Sign } from "./behaviour.ts";
import type { RunRead } from "./run-read.ts";
import { stands } from "./trace-face.ts";

const BY_RULES = "rules";
/** That a rule sees nothing says less than that it sees something. */
const ABSENT = 0.5;
const EVIDENCE_MAX = 6;
const NO_STEPS = "The run has no steps.";

/** What the rule of one behaviour says of a run. */
export function judge(behaviour: Behaviour, run: RunRead): BehaviourFlag {
  const lack = run.steps.length === 0 ? NO_STEPS : behaviour.lacks(run);
  if (lack !== null) return verdict(behaviour, null, 0, lack);
  const signs = behaviour
    .signs(run)
    .filter((sign) => sign.evidence.length > 0 && sign.evidence.every((one) => stands(one, run.steps)))
    .sort((a, b) => b.confidence - a.confidence);
  const [strongest] = signs;
  if (!strongest) return verdict(behaviour, false, ABSENT, "The rule finds no sign of it.");
  return {
    ...verdict(behaviour, true, strongest.confidence, reasonOf(strongest, signs)),
    step_ids: [...new Set(signs.flatMap((sign) => sign.step_ids))].sort((a, b) => a - b),
    evidence: evidenceOf(signs),
  };
}

function verdict(
  { id }: Behaviour,
  present: boolean | null,
  confidence: number,
  reason: string,
): BehaviourFlag {
  return { behaviour: id, present, confidence, step_ids: [], evidence: [], reason, judged_by: BY_RULES };
}

function reasonOf(strongest: Sign, signs: readonly Sign[]): string {
  const others = signs.length - 1;
  return others === 0
    ? strongest.reason
    : `${strongest.reason} ${others === 1 ? "One more sign" : `${others} more signs`} of it.`;
}

/** The quotes of the strongest signs, each once. */
function evidenceOf(signs: readonly Sign[]): BehaviourFlag["evidence"] {
  const quotes = new Map(signs.flatMap((sign) => sign.evidence).map((one) => [JSON.stringify(one), one]));
  return [...quotes.values()].slice(0, EVIDENCE_MAX);
}

import type { HintPoint } from "../trajectory/hint.ts";
import type { Label } from "../trajectory/label.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import { type Admits, admission } from "./admissible.ts";
import { statesOf } from "./attempt-state.ts";
import { avoidFrom } from "./avoid.ts";
import { mineFacts } from "./facts/index.ts";
import { type Gate, gateOf } from "./gate.ts";
import type { HintMaterial, HintOptions } from "./material.ts";
import { adviceFrom } from "./mistake.ts";
import { relevanceTo } from "./relevance.ts";
import { segmentsOf } from "./segments.ts";
import { verifierAdvice } from "./verifier-advice.ts";

const UNQUOTABLE = "what the sure labels quote may not stand in a hint";

/**
 * The ranked candidate points of a hint, before they are cut to the budget: facts from before the onset; where the diagnosis is sure, the
 * mistake, what to do instead and what not to repeat as well. Pure.
 */
export function gatherHint(
  workspace: TracedWorkspace,
  { allowVerifier }: Pick<HintOptions, "allowVerifier">,
): HintMaterial {
  const gate = gateOf(workspace);
  const admits = admission(workspace, allowVerifier);
  const { onset_step_id } = gate;
  const advice = adviceOf(workspace, gate, admits);
  const verifier = allowVerifier ? verifierAdvice(workspace.extraction.outcome) : null;
  return {
    scope: advice ? gate.scope : "facts_only",
    scope_reason: advice ? null : (gate.scope_reason ?? UNQUOTABLE),
    onset_step_id,
    facts: factsOf(workspace, gate).filter(admits),
    mistake: advice?.mistake ?? null,
    instead: verifier ?? advice?.instead ?? null,
    avoid: advice?.avoid ?? [],
  };
}

function factsOf({ steps, task }: TracedWorkspace, { before_step_id }: Gate): HintPoint[] {
  const before = before_step_id === null ? steps : steps.slice(0, before_step_id - 1);
  const states = statesOf(before);
  const first = states[0];
  if (!first) return [];
  return mineFacts({
    steps: before,
    segments: segmentsOf(before),
    stateBefore: (stepId) => states[stepId - 1] ?? first,
    relevance: relevanceTo(task),
  }).map(({ text, evidence }) => ({ text, evidence }));
}

/** null = nothing sure may be told. */
function adviceOf(
  { steps }: TracedWorkspace,
  { sure, onset_step_id }: Gate,
  admits: Admits,
): Pick<HintMaterial, "mistake" | "instead" | "avoid"> | null {
  const labels = inOrderOfWeight(sure, onset_step_id);
  for (const label of labels) {
    const advice = adviceFrom(label, steps, admits);
    const others = labels.filter((one) => one !== label && one.detector !== label.detector);
    if (advice) return { ...advice, avoid: avoidFrom(steps, others).filter(admits) };
  }
  return null;
}

/** The onset speaks where it is sure itself, else the surest; then the others. */
function inOrderOfWeight(sure: readonly Label[], onset: number | null): Label[] {
  return [...sure].sort(
    (a, b) =>
      Number(b.step_id === onset) - Number(a.step_id === onset) ||
      b.confidence - a.confidence ||
      a.step_id - b.step_id,
  );
}

import type { HintFile } from "../../trajectory/hint.ts";
import { type Evidence, SURE_CONFIDENCE } from "../../trajectory/label.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { pointsOf } from "./hint-texts.ts";
import type { HintProblem } from "./problem.ts";

/** Checks that every quote stands in the field that it names, and that facts come from before the onset. */
export function checkEvidence(hint: HintFile, { steps, diagnosis }: TracedWorkspace): HintProblem[] {
  const bound = factBound(diagnosis);
  return [
    ...otherOnset(hint, bound),
    ...pointsOf(hint).flatMap(({ place, point }) =>
      point.evidence.flatMap((evidence, index) => {
        const at = `${place}.evidence[${index}]`;
        return [
          ...notVerbatim(at, evidence, steps),
          ...(place.startsWith("facts") ? tooLate(at, evidence, bound) : []),
        ];
      }),
    ),
  ];
}

/**
 * The step that facts must come from before: the onset, else the first step that is surely called incorrect. null = no step is known to be wrong, and every one
 * may be quoted.
 */
export function factBound({
  onset_step_id,
  labels,
}: Pick<TracedWorkspace["diagnosis"], "onset_step_id" | "labels">): number | null {
  const sure = labels.find(({ label, confidence }) => label === "incorrect" && confidence >= SURE_CONFIDENCE);
  return onset_step_id ?? sure?.step_id ?? null;
}

/** Whether a quote stands verbatim in the field of the step that it names. */
export function stands({ step_id, where, quote }: Evidence, steps: readonly IndexedStep[]): boolean {
  return steps.find((step) => step.step_id === step_id)?.[where]?.includes(quote) ?? false;
}

function notVerbatim(place: string, evidence: Evidence, steps: readonly IndexedStep[]): HintProblem[] {
  if (stands(evidence, steps)) return [];
  const message = `the quote does not stand in the ${evidence.where} of step ${evidence.step_id}`;
  return [{ kind: "not_verbatim", place, message }];
}

function tooLate(place: string, { step_id }: Evidence, bound: number | null): HintProblem[] {
  if (bound === null || step_id < bound) return [];
  const message = `a fact is quoted from step ${step_id}, and facts must come from before step ${bound}, where the mistake begins`;
  return [{ kind: "after_onset", place, message }];
}

function otherOnset(hint: HintFile, onset: number | null): HintProblem[] {
  if (hint.onset_step_id === onset) return [];
  const words = (step: number | null): string => (step === null ? "no onset" : `step ${step} as onset`);
  const message = `the hint has ${words(hint.onset_step_id)}, the diagnosis ${words(onset)}: it was written from another diagnosis`;
  return [{ kind: "other_onset", place: "onset_step_id", message }];
}

import type { TracedWorkspace } from "../../../workspace/workspace.ts";
import { isUnjudgeable } from "../judged-step.ts";
import { cameBack, cutText, said } from "./conversation.ts";
import type { PrmRow } from "./rows.ts";

const TASK_CHARS = 16_000;
const SAID_CHARS = 6000;
const OBSERVATION_CHARS = 1500;

/**
 * A run with a label for each step: false = called incorrect with at least `minConfidence`. What came back stands before the next step's text, so that a
 * step is judged by what was known when it was made. null where the labels would be guesses: the task or the outcome is not known, the
 * harness broke the run, or the run failed and no step of it is called incorrect with that confidence.
 */
export function prmRow(workspace: TracedWorkspace, runId: string, minConfidence: number): PrmRow | null {
  const { task, steps, diagnosis, extraction } = workspace;
  if (task === null || task.trim() === "" || isUnjudgeable(workspace)) return null;
  const wrong = new Set(
    diagnosis.labels
      .filter(({ label, confidence }) => label === "incorrect" && confidence >= minConfidence)
      .map(({ step_id }) => step_id),
  );
  if (extraction.outcome.resolved !== true && wrong.size === 0) return null;
  return {
    prompt: cutText(task.trim(), TASK_CHARS),
    completions: steps.map((step, index) => {
      const before = steps[index - 1];
      const seen = before ? `[came back]\n${cutText(cameBack(before), OBSERVATION_CHARS)}\n\n` : "";
      return `${seen}${cutText(said(step), SAID_CHARS)}`;
    }),
    labels: steps.map(({ step_id }) => !wrong.has(step_id)),
    run_id: runId,
  };
}

import type { DiagnosisFile } from "../../trajectory/diagnosis.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { type Situation, situationsOf } from "./situation.ts";

/** From where a run can be done again. */
export interface ForkPoint {
  /** The last good step; 0 = the start, before the first step; null = the diagnosis names no onset. */
  step_id: number | null;
  reason: string;
}

/** What of a workspace tells the fork point. */
export interface Diagnosed {
  steps: readonly IndexedStep[];
  diagnosis: Pick<DiagnosisFile, "onset_step_id" | "verdict">;
}

/**
 * The last good step before the onset at which the agent could have been stopped: never between steps that one model turn issued,
 * within a sub-agent's work, or while something else than the shell reads the keys.
 */
export function forkPoint({ steps, diagnosis }: Diagnosed): ForkPoint {
  const onset = diagnosis.onset_step_id;
  if (onset === null) return { step_id: null, reason: NO_ONSET[diagnosis.verdict] };
  const situations = situationsOf(steps);
  const reasons: string[] = [];
  let cut = onset - 1;
  for (let moved = earlier(cut, steps, situations); moved !== null; moved = earlier(cut, steps, situations)) {
    reasons.push(moved.reason);
    cut = moved.cut;
  }
  const base =
    cut === 0
      ? `nothing good comes before the onset, step ${onset}: begin from the start`
      : `the last good step before the onset, step ${onset}`;
  return { step_id: cut, reason: [base, ...reasons].join("; ") };
}

const NO_ONSET: Readonly<Record<DiagnosisFile["verdict"], string>> = {
  diagnosed: "the diagnosis names no first step of the failure",
  no_finding: "the diagnosis found nothing wrong",
  infrastructure_failure: "the harness broke the run, not the agent",
  no_steps: "the run holds no steps",
};

interface Moved {
  cut: number;
  reason: string;
}

/** An earlier place to cut where the run cannot be cut behind step `cut`; null = it can. */
function earlier(cut: number, steps: readonly IndexedStep[], situations: readonly Situation[]): Moved | null {
  const last = steps[cut - 1];
  const next = steps[cut];
  if (last === undefined || next === undefined) return null;
  return sharedTurn(last, next, steps) ?? withinSubAgent(next, cut) ?? midTyping(cut, situations);
}

function sharedTurn(last: IndexedStep, next: IndexedStep, steps: readonly IndexedStep[]): Moved | null {
  const group = next.parallel_group;
  if (group === undefined || last.parallel_group !== group || last.agent !== next.agent) return null;
  const first = steps.find((step) => step.parallel_group === group && step.agent === next.agent) ?? last;
  return {
    cut: first.step_id - 1,
    reason: `steps ${first.step_id} to ${next.step_id} were issued in one turn`,
  };
}

function withinSubAgent(next: IndexedStep, cut: number): Moved | null {
  const parent = next.parent_step_id;
  if (parent === undefined || parent > cut) return null;
  return { cut: parent - 1, reason: `step ${next.step_id} is of the sub-agent that step ${parent} called` };
}

const OTHER_READERS: Readonly<Record<Exclude<Situation["reader_after"], "shell">, string>> = {
  heredoc: "a here-document",
  repl: "an interpreter",
  editor: "an editor",
  pager: "a pager",
};

function midTyping(cut: number, situations: readonly Situation[]): Moved | null {
  const reader = situations[cut - 1]?.reader_after ?? "shell";
  if (reader === "shell") return null;
  let first = cut;
  while (first > 1 && situations[first - 1]?.reader_before !== "shell") first--;
  return { cut: first - 1, reason: `after step ${cut} the keys went to ${OTHER_READERS[reader]}` };
}

import type { BehaviourFlag, Evidence, Label } from "../trajectory/index.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import type { ExportRun } from "./types.ts";

/** One judgement of a step or of a run, in the words that annotation formats share. */
export interface Evaluation {
  /** The criterion. */
  name: string;
  /** Of few spellings. */
  label: string;
  /** What it counts is said in docs/exports.md by name; null = none. */
  score: number | null;
  explanation: string;
  /** Whether a model or a program judged. */
  judge: "LLM" | "CODE";
  /** Tells results of one name and target apart, and stays the same from call to call. */
  identifier: string;
  metadata: Record<string, unknown>;
}

/** What is said of single steps: their labels. */
export function stepEvaluations({ workspace }: ExportRun, stepId: number): Evaluation[] {
  return workspace.diagnosis.labels
    .filter(({ step_id }) => step_id === stepId)
    .map((label) => labelled(label, workspace));
}

function labelled(label: Label, { diagnosis }: TracedWorkspace): Evaluation {
  const { confidence, detector, evidence, better_alternative, profiles } = label;
  return {
    name: "codetracer.step_label",
    label: label.label,
    score: confidence,
    explanation: explained(label.reasoning, evidence),
    judge: diagnosis.model === null ? "CODE" : "LLM",
    identifier: `${diagnosis.tracer}-${diagnosis.tracer_version}/${detector}/${label.label}`,
    metadata: {
      step_id: label.step_id,
      confidence,
      detector,
      evidence,
      profiles,
      is_onset: diagnosis.onset_step_id === label.step_id,
      ...(better_alternative === undefined ? {} : { better_alternative }),
    },
  };
}

function explained(reasoning: string, evidence: readonly Evidence[]): string {
  const quotes = evidence.map(({ step_id, where, quote }) => `step ${step_id}, ${where}: ${quote}`);
  return [reasoning, ...quotes].join("\n");
}

/** What is said of the run as a whole: the verdict, the recorded outcome, and what a fleet adds, its score and behaviours. */
export function runEvaluations(run: ExportRun): Evaluation[] {
  return [verdict(run), ...outcome(run), ...score(run), ...(run.facts?.flags ?? []).map(behaviour)];
}

function verdict({ workspace: { diagnosis } }: ExportRun): Evaluation {
  const { tracer, tracer_version, summary, onset_step_id, cascade_step_ids, root_cause_chain, strategy } =
    diagnosis;
  return {
    name: "codetracer.verdict",
    label: diagnosis.verdict,
    score: null,
    explanation: summary,
    judge: diagnosis.model === null ? "CODE" : "LLM",
    identifier: `${tracer}-${tracer_version}`,
    metadata: { onset_step_id, cascade_step_ids, root_cause_chain, strategy, model: diagnosis.model },
  };
}

function outcome({ workspace }: ExportRun): Evaluation[] {
  const { resolved, reward, source, exit_status } = workspace.extraction.outcome;
  if (resolved === null) return [];
  return [
    {
      name: "codetracer.outcome",
      label: resolved ? "resolved" : "unresolved",
      score: reward ?? (resolved ? 1 : 0),
      explanation: source === null ? "recorded beside the run" : `recorded in ${source}`,
      judge: "CODE",
      identifier: "recorded",
      metadata: { exit_status },
    },
  ];
}

function score({ facts }: ExportRun): Evaluation[] {
  if (!facts?.score) return [];
  const { value, penalties } = facts.score;
  const reasons = penalties.map(({ name, points, reason }) => `-${points} ${name}: ${reason}`);
  const label = penalties.length === 0 ? "unblemished" : "penalised";
  return [
    {
      name: "codetracer.score",
      label,
      score: value,
      explanation: reasons.length === 0 ? "no penalties" : reasons.join("\n"),
      judge: "CODE",
      identifier: "score",
      metadata: { penalties },
    },
  ];
}

function behaviour(flag: BehaviourFlag): Evaluation {
  const { present, confidence, reason, judged_by, step_ids, evidence } = flag;
  return {
    name: `codetracer.behaviour.${flag.behaviour}`,
    label: present === null ? "unknown" : present ? "present" : "absent",
    // Its confidence is in the label, whichever that is: as a score it would read as more or less of the behaviour.
    score: null,
    explanation: explained(reason, evidence),
    judge: judged_by === "rules" ? "CODE" : "LLM",
    identifier: judged_by,
    metadata: { confidence, step_ids, evidence },
  };
}

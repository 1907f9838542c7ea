import type { BehaviourFlag, Evidence, Label, Score, StepReward } from "../../trajectory/index.ts";
import { column, type Table } from "./column.ts";
import type { RunItem } from "./runs.ts";

/** Something of a run. */
export interface Of<Item> {
  run_id: string;
  of: Item;
}

/** One row a label. */
export const LABELS: Table<Of<Label> & { is_onset: boolean }> = {
  name: "labels",
  about: "One row a label of a diagnosis: a step called incorrect or unuseful.",
  columns: [
    column("run_id", "text", "joins `runs`", ({ run_id }) => run_id),
    column("step_id", "whole", "joins `steps` with run_id", ({ of }) => of.step_id),
    column("label", "text", "incorrect or unuseful", ({ of }) => of.label),
    column("confidence", "number", "0 to 1; below 0.4 it is a lead to look at", ({ of }) => of.confidence),
    column("detector", "text", "the rule or the tracer that gave it", ({ of }) => of.detector),
    column("reasoning", "text", "why", ({ of }) => of.reasoning),
    column(
      "better_alternative",
      "text?",
      "what would have been better",
      ({ of }) => of.better_alternative ?? null,
    ),
    column("profiles", "texts", "the readings that it belongs to", ({ of }) => of.profiles),
    column("is_onset", "truth", "whether the failure chain begins here", ({ is_onset }) => is_onset),
  ],
};

/** A quote, and what it proves. */
export interface EvidenceItem {
  run_id: string;
  of: "label" | "flag" | "failure";
  name: string;
  about_step_id: number | null;
  evidence: Evidence;
}

/** Every quote of a run: of its labels, its flags, its failure. */
export function evidenceItems({ facts, workspace }: RunItem): EvidenceItem[] {
  const { run_id, flags, failure } = facts;
  return [
    ...workspace.diagnosis.labels.flatMap((label) =>
      label.evidence.map((evidence) => ({
        ...{ run_id, of: "label" as const, name: label.label, about_step_id: label.step_id, evidence },
      })),
    ),
    ...flags.flatMap((flag) =>
      flag.evidence.map((evidence) => ({
        ...{ run_id, of: "flag" as const, name: flag.behaviour, about_step_id: null, evidence },
      })),
    ),
    ...(failure?.evidence ?? []).map((evidence) => ({
      ...{ run_id, of: "failure" as const, name: failure?.stage ?? "", about_step_id: null, evidence },
    })),
  ];
}

/** One row a quote. */
export const EVIDENCE: Table<EvidenceItem> = {
  name: "evidence",
  about: "One row a verbatim quote that proves a label, a flag or a failure.",
  columns: [
    column("run_id", "text", "joins `runs`", ({ run_id }) => run_id),
    column("proves", "text", "label, flag or failure", ({ of }) => of),
    column("name", "text", "the label, the behaviour or the failure's stage", ({ name }) => name),
    column(
      "about_step_id",
      "whole?",
      "the labelled step; null for flags and failures",
      ({ about_step_id }) => about_step_id,
    ),
    column("step_id", "whole", "the step that the quote stands in", ({ evidence }) => evidence.step_id),
    column(
      "field",
      "text",
      "of that step: action, observation or thinking",
      ({ evidence }) => evidence.where,
    ),
    column("quote", "text", "verbatim, secrets redacted", ({ evidence }) => evidence.quote),
  ],
};

/** One row a behaviour and a run. */
export const FLAGS: Table<Of<BehaviourFlag>> = {
  name: "flags",
  about: "One row a run and a behaviour that was looked for.",
  columns: [
    column("run_id", "text", "joins `runs`", ({ run_id }) => run_id),
    column("behaviour", "text", "its id, or that of a rubric", ({ of }) => of.behaviour),
    column("present", "truth?", "null = the evidence does not suffice to say", ({ of }) => of.present),
    column("confidence", "number", "0 to 1", ({ of }) => of.confidence),
    column("step_ids", "wholes", "where it shows", ({ of }) => of.step_ids),
    column("judged_by", "text", "rules, or the model", ({ of }) => of.judged_by),
    column("reason", "text", "why", ({ of }) => of.reason),
  ],
};

/** One row a penalty. */
export const PENALTIES: Table<Of<Score["penalties"][number]>> = {
  name: "penalties",
  about: "One row a penalty of a run's score.",
  columns: [
    column("run_id", "text", "joins `runs`", ({ run_id }) => run_id),
    column("name", "text", "what it is for", ({ of }) => of.name),
    column("points", "number", "taken off 100", ({ of }) => of.points),
    column("reason", "text", "why", ({ of }) => of.reason),
    column("step_ids", "wholes", "the steps that it is for", ({ of }) => of.step_ids),
  ],
};

/** One row a step's reward. */
export const REWARDS: Table<Of<StepReward>> = {
  name: "rewards",
  about: "One row a step and what it earns in training; none for runs that the harness broke.",
  columns: [
    column("run_id", "text", "joins `runs`", ({ run_id }) => run_id),
    column("step_id", "whole", "joins `steps` with run_id", ({ of }) => of.step_id),
    column("reward", "number", "-1 to 1, both terms weighed together", ({ of }) => of.reward),
    column(
      "outcome_reward",
      "number?",
      "-1 to 1; null = the outcome is not known",
      ({ of }) => of.outcome_reward,
    ),
    column("behaviour_reward", "number", "-1 to 1", ({ of }) => of.behaviour_reward),
    column("label", "text?", "incorrect or unuseful; null = not labelled", ({ of }) => of.label),
    column("reason", "text", "why", ({ of }) => of.reason),
    column("confidence", "number", "0 to 1", ({ of }) => of.confidence),
  ],
};

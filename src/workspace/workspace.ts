import type { DiagnosisFile, ExtractionFile, IndexedStep, LabelsFile, Stage } from "../trajectory/index.ts";

/** Everything that one run's workspace folder holds, as data. Secrets are already redacted. */
export interface Workspace {
  extraction: ExtractionFile;
  /** What the agent was asked; null = not recorded. */
  task: string | null;
  steps: readonly IndexedStep[];
  stages: readonly Stage[];
  tree: string;
}

/** A workspace with the tracer's results. */
export interface TracedWorkspace extends Workspace {
  diagnosis: DiagnosisFile;
  labels: LabelsFile;
}

/** The files of a workspace folder. `extraction.json` is written last: its presence means that the rest is whole. */
export const WORKSPACE_FILES = {
  steps: "steps.json",
  stages: "stage_ranges.json",
  tree: "tree.md",
  task: "task.md",
  extraction: "extraction.json",
  labels: "labels.json",
  diagnosis: "diagnosis.json",
  /** What a tracer that asks a model did, as it did it. */
  journal: "tracer.jsonl",
} as const;

import type { DiagnosisFile } from "../trajectory/diagnosis.ts";
import type { Label, LabelsFile, Profile } from "../trajectory/label.ts";
import type { Stage } from "../trajectory/stage.ts";

/**
 * `labels.json` of a diagnosis in one of its profiles: one entry for each stage that holds a label, in stage order. Stages
 * cover every step, so a label outside all of them is our bug and throws.
 */
export function toLabelsFile(
  diagnosis: DiagnosisFile,
  stages: readonly Stage[],
  profile: Profile = "codetracebench",
): LabelsFile {
  const byStage = new Map<Stage, Label[]>();
  for (const label of diagnosis.labels.filter((one) => one.profiles.includes(profile))) {
    const stage = stages.find(
      (one) => label.step_id >= one.start_step_id && label.step_id <= one.end_step_id,
    );
    if (!stage) throw new Error(`no stage covers step ${label.step_id}`);
    byStage.set(stage, [...(byStage.get(stage) ?? []), label]);
  }
  return [...byStage]
    .sort(([a], [b]) => a.stage_id - b.stage_id)
    .map(([stage, labels]) => ({
      stage_id: stage.stage_id,
      incorrect_step_ids: stepIds(labels, "incorrect"),
      unuseful_step_ids: stepIds(labels, "unuseful"),
      reasoning: labels.map((label) => `Step ${label.step_id}: ${label.reasoning}`).join(" "),
    }));
}

function stepIds(labels: readonly Label[], name: Label["label"]): number[] {
  return labels.filter((label) => label.label === name).map((label) => label.step_id);
}

import { expect, test } from "vitest";
import { toLabelsFile } from "../../src/trace/index.ts";
import type { DiagnosisFile } from "../../src/trajectory/diagnosis.ts";
import type { Label } from "../../src/trajectory/label.ts";
import type { Stage } from "../../src/trajectory/stage.ts";

const STAGES: Stage[] = [
  { stage_id: 1, stage: "set up", start_step_id: 1, end_step_id: 4 },
  { stage_id: 2, stage: "build", start_step_id: 5, end_step_id: 5 },
  { stage_id: 3, stage: "submit", start_step_id: 6, end_step_id: 9 },
];

function label(step_id: number, name: Label["label"]): Label {
  const told = { confidence: 0.5, detector: "d", reasoning: `R${step_id}.`, evidence: [] };
  return { step_id, label: name, ...told, profiles: ["findings", "codetracebench"] };
}

const withLabels = (...labels: Label[]): DiagnosisFile => ({ labels }) as unknown as DiagnosisFile;

test("one entry for each stage that holds a label", () => {
  const labels = [label(2, "unuseful"), label(4, "incorrect"), label(6, "incorrect"), label(7, "incorrect")];
  expect(toLabelsFile(withLabels(...labels), STAGES)).toEqual([
    { stage_id: 1, incorrect_step_ids: [4], unuseful_step_ids: [2], reasoning: "Step 2: R2. Step 4: R4." },
    { stage_id: 3, incorrect_step_ids: [6, 7], unuseful_step_ids: [], reasoning: "Step 6: R6. Step 7: R7." },
  ]);
});

test("no labels give an empty list", () => {
  expect(toLabelsFile(withLabels(), STAGES)).toEqual([]);
});

test("a label outside all stages is a bug, not a silent loss", () => {
  expect(() => toLabelsFile(withLabels(label(10, "incorrect")), STAGES)).toThrow("no stage covers step 10");
});

test("what the benchmark would not count is left out", () => {
  const slip: Label = { ...label(5, "incorrect"), profiles: ["findings"] };
  const entries = toLabelsFile(withLabels(slip, label(6, "incorrect")), STAGES);
  expect(entries.map((entry) => entry.stage_id)).toEqual([3]);
  expect(toLabelsFile(withLabels(slip), STAGES, "findings")[0]?.incorrect_step_ids).toEqual([5]);
});

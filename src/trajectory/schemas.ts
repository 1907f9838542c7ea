import { z } from "zod";
import { DiagnosisFileSchema } from "./diagnosis.ts";
import { ExtractionFileSchema } from "./extraction.ts";
import { RunFactsSchema } from "./fleet.ts";
import { HintFileSchema } from "./hint.ts";
import { LabelsFileSchema } from "./label.ts";
import { StageRangesFileSchema } from "./stage.ts";
import { StepsFileSchema } from "./step.ts";
import { TrajectorySchema } from "./trajectory.ts";

/** Every JSON file of a workspace by name, and the trajectory that extractors return. */
export const SCHEMAS = {
  steps: StepsFileSchema,
  stage_ranges: StageRangesFileSchema,
  extraction: ExtractionFileSchema,
  labels: LabelsFileSchema,
  diagnosis: DiagnosisFileSchema,
  hint: HintFileSchema,
  facts: RunFactsSchema,
  trajectory: TrajectorySchema,
} as const;

export type SchemaName = keyof typeof SCHEMAS;

/** The JSON Schema (draft 2020-12) of one workspace file. */
export function jsonSchemaOf(name: SchemaName): Record<string, unknown> {
  return { title: name, ...z.toJSONSchema(SCHEMAS[name]) };
}

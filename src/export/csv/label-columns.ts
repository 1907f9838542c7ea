import type { Label } from "../../trajectory/index.ts";
import type { Columns } from "./index.ts";

/** One row a label; its first quote. */
export const LABEL_COLUMNS: Columns<Label> = {
  run_id: (_label, { run_id }) => run_id,
  step_id: ({ step_id }) => step_id,
  label: ({ label }) => label,
  confidence: ({ confidence }) => confidence,
  detector: ({ detector }) => detector,
  is_onset: ({ step_id }, { workspace }) => workspace.diagnosis.onset_step_id === step_id,
  profiles: ({ profiles }) => profiles.join(" "),
  reasoning: ({ reasoning }) => reasoning,
  better_alternative: ({ better_alternative }) => better_alternative ?? null,
  evidence_step_id: ({ evidence }) => evidence[0]?.step_id ?? null,
  evidence_where: ({ evidence }) => evidence[0]?.where ?? null,
  evidence_quote: ({ evidence }) => evidence[0]?.quote ?? null,
  evidence_count: ({ evidence }) => evidence.length,
  action: ({ step_id }, { workspace }) => workspace.steps[step_id - 1]?.action ?? null,
};

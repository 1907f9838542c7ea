/** Rows in the shapes that trainers read. */
export { dpoRow, type PairedRun } from "./dpo-row.ts";
export { prmRow } from "./prm-row.ts";
export {
  type DpoRow,
  DpoRowSchema,
  KtoRowSchema,
  PrmRowSchema,
  RewardRowSchema,
  StepRowSchema,
} from "./rows.ts";
export { ktoRows, rewardRows, stepRows } from "./step-rows.ts";

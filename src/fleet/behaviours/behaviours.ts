import type { Behaviour } from "./behaviour.ts";
import { failingTestsIgnored } from "./failing-tests-ignored/rule.ts";
import { incompleteResolution } from "./incomplete-resolution/rule.ts";
import { inconsistentFlow } from "./inconsistent-flow/rule.ts";
import { irrelevantEdit } from "./irrelevant-edit/rule.ts";
import { memoryDrift } from "./memory-drift/rule.ts";
import { overconfidence } from "./overconfidence/rule.ts";
import { planning } from "./planning/rule.ts";
import { retryLoop } from "./retry-loop/rule.ts";
import { selfCorrection } from "./self-correction/rule.ts";
import { toolLoop } from "./tool-loop/rule.ts";
import { uncertainFix } from "./uncertain-fix/rule.ts";
import { validation } from "./validation/rule.ts";

/** Every built-in behaviour, in the order of their ids. */
export const BEHAVIOURS: readonly Behaviour[] = [
  failingTestsIgnored,
  incompleteResolution,
  inconsistentFlow,
  irrelevantEdit,
  memoryDrift,
  overconfidence,
  planning,
  retryLoop,
  selfCorrection,
  toolLoop,
  uncertainFix,
  validation,
];

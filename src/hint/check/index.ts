/** Proof that a hint says only what the agent itself knew. */
export { checkHint } from "./check-hint.ts";
export {
  type Collected,
  collectForbidden,
  collectGold,
  forbiddenNames,
  type RawFiles,
} from "./collect-forbidden.ts";
export type { ForbiddenText } from "./forbidden.ts";
export type { HintProblem } from "./problem.ts";

/** A model as judge of behaviours, the built-in ones and those of users' rubrics. */
export { disagreements } from "./compare-verdicts.ts";
export { judgeBudget } from "./judge-budget.ts";
export { createFleetJudge } from "./judge-fleet.ts";
export { type Judgement, judgeWithModel } from "./judge-run.ts";
export { builtInRubrics, readRubrics } from "./read-rubrics.ts";
export { renderBehaviours } from "./render.ts";
export type { Rubric } from "./rubric.ts";
export { type JudgeSettings, replyTokens } from "./settings.ts";

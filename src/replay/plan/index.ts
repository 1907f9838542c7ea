/** From where a run can be done again, and how its state up to there is rebuilt. */
export { forkPoint } from "./fork-point.ts";
export { type PathMap, parseMap } from "./path-map.ts";
export type { ReplayPlan } from "./plan.ts";
export { planReplay } from "./plan-replay.ts";
export { renderPlan } from "./render-plan.ts";
export { replayScript } from "./script.ts";

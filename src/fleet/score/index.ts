/** What a run is worth and what each of its steps earns, and the rows that trainers read. */
export { rewardSteps } from "./reward-steps.ts";
export { processScore, scoreRun } from "./score-run.ts";

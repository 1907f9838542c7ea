/** Making a fleet: every run read, diagnosed and added to the tables. */
export { estimateFleet, type FleetEstimate } from "./estimate.ts";
export { renderHighlights } from "./highlights.ts";
export type { FleetJudge } from "./judge-runs.ts";
export { rootsOf } from "./plan.ts";
export type { FleetProgress } from "./progress.ts";
export { type Fleet, type FleetRequest, runFleet } from "./run-fleet.ts";
export { renderFleet, renderPlaces } from "./summary.ts";

/** The vocabulary: every shape that is passed on or written to disk. */
export * from "./diagnosis.ts";
export * from "./extraction.ts";
export * from "./fleet.ts";
export * from "./hint.ts";
export * from "./label.ts";
export * from "./outcome.ts";
export * from "./run-summary.ts";
export * from "./schemas.ts";
export * from "./stage.ts";
export * from "./step.ts";
export * from "./tools.ts";
export * from "./trajectory.ts";

/** Whether a hint helps: the user's agent, run with it and without it. */
export { LEAST_PAIRS } from "./comparison.ts";
export { type ExperimentContext, runExperiment } from "./experiment.ts";
export { renderMarkdown } from "./render-markdown.ts";
export { renderTerminal } from "./render-terminal.ts";
export type { ExperimentReport } from "./report.ts";
export { attemptName } from "./schedule.ts";
export type { ExperimentSettings, Limits } from "./settings.ts";
export { attemptWords } from "./words.ts";

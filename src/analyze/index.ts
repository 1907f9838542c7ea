/** Analysing runs, one or many: open, extract, index, trace, write. */
export { analyzeEach, analyzeTarget, type Job, type RunResult } from "./analyze-run.ts";
export { analyzeBatch, summarize } from "./batch.ts";
export { buildWorkspace, diagnose, traceInputOf } from "./build-workspace.ts";
export { planJobs } from "./plan.ts";
export { type TraceOptions, traceFolder, traceFolders } from "./trace-workspace.ts";

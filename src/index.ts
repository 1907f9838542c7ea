/**
 * CodeTracer as a library. The data flows one way: open → extract → index → trace, and each arrow can be called
 * alone. `analyzeTarget` is all of them at once.
 */
export {
  analyzeBatch,
  analyzeTarget,
  buildWorkspace,
  diagnose,
  type Job,
  planJobs,
  type RunResult,
  traceFolder,
  traceInputOf,
} from "./analyze/index.ts";
export { type Comparison, compareRuns } from "./compare/index.ts";
export { discoverRuns, type FoundRun } from "./extract/discover.ts";
export { type ExtractedRun, extractRun } from "./extract/extract.ts";
export type { Extractor } from "./extract/extractor.ts";
export { EXTRACTORS } from "./extract/registry.generated.ts";
export { type HintOptions, writeHint } from "./hint/index.ts";
export { type Indexed, indexTrajectory } from "./index-run/index.ts";
export { type ChatModel, type ModelOptions, openModel } from "./model/index.ts";
export { openRun } from "./run/open.ts";
export { createRedactor } from "./run/redact/index.ts";
export type { RunFiles } from "./run/run-files.ts";
export {
  createModelTracer,
  type ModelTracer,
  type ModelTracerSettings,
  rulesFittedOn,
  selectorFittedOn,
  traceWithRules,
} from "./trace/index.ts";
export {
  type DiagnosisFile,
  type ExtractionFile,
  type HintFile,
  type IndexedStep,
  jsonSchemaOf,
  type Label,
  type LabelsFile,
  type Outcome,
  type RunSummary,
  SCHEMAS,
  type Stage,
  type Step,
  type Trajectory,
} from "./trajectory/index.ts";
export { CodeTracerError } from "./util/errors.ts";
export { VERSION } from "./util/version.ts";
export { readWorkspace } from "./workspace/read.ts";
export type { TracedWorkspace, Workspace } from "./workspace/workspace.ts";
export { writeWorkspace } from "./workspace/write.ts";

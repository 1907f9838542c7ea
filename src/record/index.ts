/**
 * For agent authors: records a run step by step, crash-safe and with secrets redacted, so that `codetracer analyze` and readers of
 * ATIF can read it. Loads nothing but Node and a few files.
 */
export { CodeTracerError } from "../util/errors.ts";
export { openRecorder } from "./open-recorder.ts";
export type { ActionHandle, AgentRecorder, Recorder } from "./recorder.ts";
export { type Recovered, writeTrajectory } from "./recover.ts";
export type {
  Action,
  Observed,
  RecordedOutcome,
  RecorderOptions,
  ShellCommand,
  TokenCounts,
  ToolCall,
  Turn,
} from "./types.ts";

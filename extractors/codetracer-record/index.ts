import {
  type Detection,
  type Extractor,
  NOT_MINE,
  type RunFiles,
  type Trajectory,
} from "../../src/extract/toolkit/index.ts";
import { readHarness } from "../_harness/index.ts";
import { readLog } from "./log.ts";
import { agentOf, outcomeOf, taskOf } from "./sessions.ts";
import { readSteps } from "./steps.ts";

/** Recordings of `codetracer/record` and `codetracer record`: the log, whole or as a kill left it. */
export const extractor: Extractor = {
  id: "codetracer-record",
  title: "CodeTracer recording",
  version: 1,
  fingerprint: {
    directories: ["agent/events.jsonl", "events.jsonl"],
    files: ["events.jsonl", "*.events.jsonl"],
    contents: 'lines of session_started with "format": "codetracer-recording", action and observation',
  },
  detect,
  extract,
  countActions,
};

const HEAD_BYTES = 65_536;
const MARK = /^\s*\{\s*"type"\s*:\s*"session_started"[^\n]*"format"\s*:\s*"codetracer-recording"/m;
const ACTION = /^\s*\{\s*"type"\s*:\s*"action"[^\n]*"action_id"[^\n]*\}\s*$/;

function detect(run: RunFiles): Detection {
  const path = fileOf(run);
  return MARK.test(run.head(path, HEAD_BYTES))
    ? { confidence: 0.98, reason: "a log that says that it is a recording of CodeTracer" }
    : NOT_MINE;
}

function extract(run: RunFiles): Trajectory {
  const path = fileOf(run);
  const log = readLog(run, path);
  const steps = readSteps(run, path, log);
  const harness = readHarness(run, { steps: steps.length });
  const outcome = outcomeOf(log, path);
  return {
    task: taskOf(log) ?? harness?.task ?? null,
    agent: agentOf(log),
    steps,
    outcome: harness
      ? { ...harness.outcome, exit_status: harness.outcome.exit_status ?? outcome.exit_status }
      : outcome,
    files_used: [path],
    warnings: harness?.warnings ?? [],
    ...(steps.length === 0 ? { empty_reason: "The recording holds no action." } : {}),
  };
}

/** Distinct lines of actions that are whole. */
function countActions(run: RunFiles): number {
  let count = 0;
  for (const { text } of run.lines(fileOf(run))) if (ACTION.test(text)) count++;
  return count;
}

function fileOf(run: RunFiles): string {
  if (run.focus !== null) return run.focus;
  return run.has("agent/events.jsonl") ? "agent/events.jsonl" : "events.jsonl";
}

import {
  type Detection,
  type Extractor,
  NOT_MINE,
  type RunFiles,
  type Trajectory,
  UNKNOWN_OUTCOME,
} from "../../src/extract/toolkit/index.ts";
import { conversation, countActions } from "./count.ts";
import { outcomeOf } from "./outcome.ts";
import { readSample } from "./sample.ts";
import { formOf, sampleRows } from "./source.ts";
import { readSteps } from "./steps.ts";
import { agentOf, taskOf } from "./summary.ts";

/** Inspect AI: `.eval` archives and JSON logs, a run a sample. https://inspect.aisi.org.uk/eval-logs.html */
export const extractor: Extractor = {
  id: "inspect-ai",
  title: "Inspect AI",
  version: 1,
  fingerprint: {
    directories: ["messages/0.json", "_journal/start.json"],
    files: ["*_epoch_*.json", "[0-9]*T[0-9]*_*.json", "*.eval.json"],
    contents: "a log {version, status, eval, …, samples} or one sample {id, epoch, input, …, messages}",
  },
  detect,
  extract,
  countActions,
  conversation,
  rows: (run) => (run.focus !== null && formOf(run, run.focus) === "log" ? sampleRows(run, run.focus) : []),
};

function detect(run: RunFiles): Detection {
  if (run.focus === null) return detectFolder(run);
  const form = formOf(run, run.focus);
  if (form === "sample") return { confidence: 0.95, reason: "a sample with id, epoch and input" };
  return form === "log" ? { confidence: 0.95, reason: "a log with version, status and eval" } : NOT_MINE;
}

function detectFolder(run: RunFiles): Detection {
  if (run.has("messages/0.json") && formOf(run, "sample.json") === "sample")
    return { confidence: 0.95, reason: "a sample in pieces: sample.json and messages/" };
  if (/"eval"\s*:\s*\{/.test(run.head("_journal/start.json")))
    return { confidence: 0.5, reason: "a log's journal; its samples are runs by themselves" };
  return NOT_MINE;
}

function extract(run: RunFiles): Trajectory {
  const sample = readSample(run);
  if (sample === null) return withoutSample(run);
  const { steps, unpaired } = readSteps(sample);
  const [path = ""] = sample.files_used;
  const message = `${unpaired} tool messages answer no call that is there`;
  return {
    task: taskOf(sample),
    agent: agentOf(run, sample),
    steps,
    outcome: outcomeOf(sample.record, path),
    files_used: sample.files_used,
    warnings: unpaired > 0 ? [{ message, path }] : [],
    ...(steps.length === 0 ? { empty_reason: "The model called no tool: it only answered." } : {}),
  };
}

function withoutSample(run: RunFiles): Trajectory {
  return {
    task: null,
    agent: { name: null, version: null, model: null },
    steps: [],
    outcome: UNKNOWN_OUTCOME,
    files_used: run.focus === null ? [] : [run.focus],
    warnings: [],
    empty_reason: "The log holds no sample: none was finished, or samples were not logged.",
  };
}

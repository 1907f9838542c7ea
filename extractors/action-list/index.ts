import { asRecord, type Extractor, type RunFiles, type Trajectory } from "../../src/extract/toolkit/index.ts";
import { countKey } from "../_documents/count-keys.ts";
import { firstText, outcomeOf, TASK_KEYS } from "../_documents/fields.ts";
import { documentsOfRun, rawText, rowLines } from "../_documents/rows.ts";
import { detect } from "./detect.ts";
import { entriesOfRun, SHAPE } from "./shape.ts";
import { readSteps } from "./steps.ts";

/** Lists of `{action, state, timestamp, output}`, as home-made agents log them. */
export const extractor: Extractor = {
  id: "action-list",
  title: "Action and state lists",
  version: 1,
  fingerprint: {
    files: ["*.json", "*.jsonl"],
    contents:
      "a list of entries with action and output, and state or timestamp, bare or under a key such as steps",
  },
  detect,
  extract,
  countActions: (run) => countKey(rawText(run, run.focus ?? "", SHAPE), "action"),
  rows: (run) => rowLines(run, run.focus ?? "", SHAPE),
};

function extract(run: RunFiles): Trajectory {
  const path = run.focus ?? "";
  const documents = documentsOfRun(run, path, SHAPE);
  const record = documents.length === 1 ? asRecord(documents[0]?.value) : undefined;
  const entries = entriesOfRun(documents);
  const { steps, idle, byState } = readSteps(entries);
  const warnings = [
    ...(idle > 0 && steps.length > 0 ? [`entries that name no action are no steps: ${idle}`] : []),
    ...(byState
      ? ["no entry has an output: the state that an entry records is taken as its observation"]
      : []),
  ];
  return {
    task: firstText(record, TASK_KEYS) ?? null,
    agent: {
      name: firstText(record, ["agent", "agent_name"]) ?? null,
      version: firstText(record, ["agent_version"]) ?? null,
      model: firstText(record, ["model", "model_name"]) ?? null,
    },
    steps,
    outcome: outcomeOf(record, path),
    files_used: [path],
    warnings: warnings.map((message) => ({ message, path })),
    ...(steps.length === 0 ? { empty_reason: emptyReason(entries.length) } : {}),
  };
}

function emptyReason(entries: number): string {
  return entries === 0 ? "The list of actions is empty." : `None of the ${entries} entries names an action.`;
}

import type { Extractor, RunFiles, Trajectory } from "../../src/extract/toolkit/index.ts";
import { countKey } from "../_documents/count-keys.ts";
import { firstText, outcomeOf, TASK_KEYS } from "../_documents/fields.ts";
import { documentsOfRun, rawText, rowLines } from "../_documents/rows.ts";
import { detect } from "./detect.ts";
import { recordOf, SHAPE, shapeOf } from "./shape.ts";
import { readSteps } from "./steps.ts";

/** Runs of DSPy programs: step lists, a run a line, and the trajectories of its agent modules. */
export const extractor: Extractor = {
  id: "dspy-trajectory",
  title: "DSPy-style trajectories",
  version: 1,
  fingerprint: {
    files: ["*.jsonl", "*.json"],
    contents:
      "records with steps of tool_call and tool_output, or a trajectory with thought_0, tool_name_0, observation_0",
  },
  detect,
  extract,
  countActions,
  rows: (run) => rowLines(run, run.focus ?? "", SHAPE),
};

function extract(run: RunFiles): Trajectory {
  const path = run.focus ?? "";
  const [document] = documentsOfRun(run, path, SHAPE);
  const shape = document && shapeOf(document.value);
  const record = recordOf(document?.value);
  const { steps, idle } = document && shape ? readSteps(document, shape) : { steps: [], idle: 0 };
  const skipped = `entries that name no tool call are no steps, their thoughts stand with the next step: ${idle}`;
  return {
    task: firstText(record, TASK_KEYS) ?? null,
    agent: { name: "DSPy", version: null, model: firstText(record, ["model", "model_name", "lm"]) ?? null },
    steps,
    outcome: outcomeOf(record, path),
    files_used: [path],
    warnings: idle > 0 && steps.length > 0 ? [{ message: skipped, path }] : [],
    ...(steps.length === 0
      ? {
          empty_reason: shape
            ? "No entry of the run names a tool call."
            : "The file holds no DSPy trajectory.",
        }
      : {}),
  };
}

/** Counts the keys that name an action. Calls in a list have no key of their own: null. */
function countActions(run: RunFiles): number | null {
  const text = rawText(run, run.focus ?? "", SHAPE);
  const numbered = countKey(text, /^(?:tool_name|generated_code)_\d+$/);
  if (numbered === null || numbered > 0) return numbered;
  if (/"tool_calls?"\s*:\s*(?:\[\s*[^\s\]]|"\s*\[|\{\s*"tool_calls")/.test(text)) return null;
  return countKey(text, "tool_call") || countKey(text, "code");
}

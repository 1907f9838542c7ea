import path from "node:path";
import type { ModelTracer } from "../../../src/index.ts";
import { traceInputOf } from "../../../src/index.ts";
import { codeDigest } from "./code-digest.ts";
import type { Method } from "./method.ts";

/** Everything that decides what a model is shown and what is made of its reply. */
const CODE = ["src/index-run", "src/trace", "src/agent", "src/trajectory", "src/run/redact", "extractors"];

/** A tracer that asks a model. What it did stands in a journal for each row and repetition, so that a killed call pays for nothing twice. */
export function modelMethod(tracer: ModelTracer): Method {
  return {
    name: tracer.name,
    config: JSON.stringify([tracer.settings, codeDigest(CODE)]),
    calibrates: tracer.config,
    offline: false,
    estimate: (workspace) => tracer.estimate(traceInputOf(workspace)),
    predict: async ({ workspace, repetition, journal }) => {
      const input = traceInputOf(workspace);
      // All workspaces bear the same name, and in a memory each row is a run of its own.
      const remembered_as = { ...input.remembered_as, run: rowOf(journal) };
      const place = { file: journal, fresh: false, repetition };
      const { labels, findings, onset_step_id, usage } = await tracer.trace(
        { ...input, remembered_as },
        place,
      );
      const counted = labels.filter(({ profiles }) => profiles.includes("codetracebench"));
      const ids = (wanted: "incorrect" | "unuseful"): number[] =>
        counted.filter(({ label }) => label === wanted).map(({ step_id }) => step_id);
      const incorrect_step_ids = ids("incorrect");
      return {
        incorrect_step_ids,
        unuseful_step_ids: ids("unuseful"),
        // The benchmark's onset is its first incorrect step.
        onset_step_id: incorrect_step_ids.length > 0 ? onset_step_id : null,
        scores: labels
          .filter(({ label }) => label === "incorrect")
          .map(({ step_id, confidence }) => ({ step_id, probability: confidence })),
        findings,
        usage,
      };
    },
  };
}

/** A name of the row that tells nothing of it: its journals lie in folders named by a digest and the repetition. */
function rowOf(journal: string): string {
  return path.basename(path.dirname(journal)).replace(/-\d+$/, "");
}

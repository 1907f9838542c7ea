import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { analyzeTarget } from "../../src/analyze/index.ts";
import { compareRuns, renderComparison } from "../../src/compare/index.ts";
import type { TracedWorkspace } from "../../src/workspace/workspace.ts";
import { corpusPath } from "../support/corpus.ts";

const FOLDER = corpusPath("codetracebench", "bench_artifacts", "full");
const names = fs.existsSync(FOLDER) ? fs.readdirSync(FOLDER).filter((name) => name.endsWith(".tar.zst")) : [];
const pairs = names.flatMap((name, index) =>
  names.slice(index + 1).flatMap((other) => (taskOf(name) === taskOf(other) ? [[name, other] as const] : [])),
);

describe.skipIf(pairs.length === 0)("runs of one task", () => {
  it("are aligned step by step, nothing left out, and printed", async () => {
    for (const [one, other] of pairs) {
      const [a, b] = [await workspaceOf(one), await workspaceOf(other)];
      const comparison = compareRuns(a, b);
      expect(comparison.task_similarity).toBeGreaterThan(0.5);
      expect(comparison.rows.flatMap((row) => row.a_step_id ?? [])).toEqual(
        a.steps.map((step) => step.step_id),
      );
      expect(comparison.rows.flatMap((row) => row.b_step_id ?? [])).toEqual(
        b.steps.map((step) => step.step_id),
      );
      expect(comparison.divergence).not.toBeNull();
      const quotes = [comparison.divergence?.a.knew, comparison.divergence?.b.knew].flatMap(
        (knew, side) =>
          knew?.failures.flatMap(({ evidence }) =>
            evidence === null
              ? []
              : [[(side === 0 ? a : b).steps[evidence.step_id - 1]?.observation, evidence.quote]],
          ) ?? [],
      );
      for (const [observation, quote] of quotes) expect(observation).toContain(quote);
      const text = renderComparison(comparison, [a, b], { color: false, width: 100, full: true });
      expect(text).toContain("Where they part");
    }
    console.info(`${pairs.length} pairs of runs compared`);
  });
});

/** Archives are named family-model-task-hash. */
function taskOf(name: string): string | undefined {
  return /(?:Thinking|V3\.2)-(.+)-[0-9a-f]{8}\.tar\.zst$/.exec(name)?.[1];
}

async function workspaceOf(name: string): Promise<TracedWorkspace> {
  const target = `${FOLDER}/${name}`;
  const job = { target, shownAs: name, out: null, redact: true, trace: true, leftOut: [], force: false };
  const [result] = await analyzeTarget(job);
  if (result?.status !== "done" || !("diagnosis" in result.workspace))
    throw new Error(`${name} could not be analysed`);
  return result.workspace;
}

import path from "node:path";
import { describe, expect, it } from "vitest";
import { analyzeEach } from "../../src/analyze/index.ts";
import { callsOf } from "../../src/export/call.ts";
import type { ExportRun } from "../../src/export/index.ts";
import { CodeTracerError } from "../../src/util/errors.ts";
import { parseCsv } from "../export/parse-csv.ts";
import { partOf, READ_BACK, read, readBack, written } from "../export/read-back.ts";
import { AtifShape } from "../export/shapes/atif.ts";
import { DocentShape } from "../export/shapes/docent.ts";
import { eventsIn, spansIn } from "../export/shapes/otlp.ts";
import { corpusFolders, hasCorpus } from "../support/corpus.ts";

/** Of each format so many folders, and of each folder so many runs: enough for every dialect. */
const FOLDERS = 3;
const RUNS = 2;

const formats = corpusFolders("runs").map((folder) => path.basename(folder));

describe.skipIf(!hasCorpus)("exports of real runs", () => {
  let total = 0;

  it.each(formats)("%s: have their shape and come back", async (format) => {
    const runs = await runsOf(format);
    let differing = 0;
    total += runs.length;
    for (const run of runs) {
      expectShapes(run);
      for (const name of Object.keys(READ_BACK) as (keyof typeof READ_BACK)[]) {
        const trajectory = readBack(run, name);
        expect(trajectory.steps.length).toBe(run.workspace.steps.length);
        expect(withoutNameless(read(trajectory), run)).toEqual(withoutNameless(written(run), run));
      }
      const spelled = [...written(run).values()].map(({ action }) => action);
      differing += run.workspace.steps.filter(({ action }, index) => spelled[index] !== action).length;
    }
    const steps = runs.reduce((sum, { workspace }) => sum + workspace.steps.length, 0);
    console.info(
      `${format}: ${runs.length} runs, ${steps} steps; ${differing} actions that their recorded call does not spell alike`,
    );
    expect(differing).toBeLessThanOrEqual(steps * 0.25);
  });

  it("are of many runs", () => {
    console.info(`${total} runs exported`);
    expect(total).toBeGreaterThanOrEqual(20);
  });
});

function expectShapes(run: ExportRun): void {
  AtifShape.parse(JSON.parse(partOf(run, "atif", ".trajectory.json")));
  DocentShape.parse(JSON.parse(partOf(run, "docent", "agent-runs.jsonl")));
  for (const format of ["openinference", "gen-ai"]) {
    const spans = spansIn(partOf(run, format, ".spans.jsonl"));
    expect(spans.filter(({ attributes }) => "codetracer.step_id" in attributes)).toHaveLength(
      run.workspace.steps.length,
    );
  }
  const { labels } = run.workspace.diagnosis;
  expect(eventsIn(partOf(run, "gen-ai", ".events.jsonl")).length).toBeGreaterThan(labels.length);
  const [names = [], ...rows] = parseCsv(partOf(run, "csv", "steps.csv"));
  expect(rows.map((row) => row.length)).toEqual(run.workspace.steps.map(() => names.length));
}

/** A call id that is the tool's name ties nothing together and is not read. */
function withoutNameless(kept: ReturnType<typeof read>, { workspace }: ExportRun): ReturnType<typeof read> {
  const nameless = callsOf(workspace.steps).filter(({ id, name }) => id === name);
  const ids = new Set(["", ...nameless.map(({ id }) => id)]);
  return nameless.length === 0 ? kept : new Map([...kept].filter(([id]) => !ids.has(id)));
}

async function runsOf(format: string): Promise<ExportRun[]> {
  const runs: ExportRun[] = [];
  for (const target of corpusFolders("runs", format).slice(0, FOLDERS)) {
    const job = { target, shownAs: format, out: null, redact: true, trace: true, leftOut: [], force: false };
    let taken = 0;
    await analyzeEach(job, (result) => {
      if (result.status === "failed" || !("diagnosis" in result.workspace) || ++taken > RUNS) return;
      runs.push({ run_id: path.basename(target), workspace: result.workspace, facts: null });
    }).catch((error: unknown) => {
      if (!(error instanceof CodeTracerError)) throw error;
      console.info(`${format}: ${path.basename(target)} holds no run`);
    });
  }
  return runs;
}

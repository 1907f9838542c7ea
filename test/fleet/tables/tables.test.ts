import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/fleet/facts/index.ts";
import { rowsOfRun, TABLES, tablesMarkdown, writeTables } from "../../../src/fleet/tables/index.ts";
import { TableFile } from "../../../src/fleet/tables/table-file.ts";
import { directoryDigest } from "../../support/directory-digest.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { failure, look, steps } from "../../support/steps.ts";
import { tempRun } from "../../support/temp-run.ts";

const WORKSPACE = madeWorkspace(
  "runs/one",
  steps(
    look("ls", "x".repeat(9), {
      started_at: "2025-01-01T01:00:00+01:00",
      tokens: { input: 5_000_000_000 },
      touches: { reads: ["/a", "b, c"] },
    }),
    failure("make", "error", { exit_code: 4_294_967_295, repeat_of: 1 }),
  ),
  { task: "half a pair \ud800", outcome: { resolved: false } },
);

async function rowsIn(folder: string, name: string): Promise<Record<string, unknown>[]> {
  const file = await asyncBufferFromFile(path.join(folder, `${name}.parquet`));
  return await parquetReadObjects({ file });
}

function written(): string {
  const folder = path.join(tempRun({}), "tables");
  const tables = writeTables(folder);
  tables.add(rowsOfRun(WORKSPACE, factsOf(WORKSPACE, "one")));
  tables.publish();
  return folder;
}

describe("the tables", () => {
  it("come back as they were written, with times, lists, large numbers and nulls", async () => {
    const folder = written();
    expect(await rowsIn(folder, "runs")).toMatchObject([
      {
        ...{ run_id: "one", run: "runs/one", task: "half a pair \ufffd", outcome: "failed", step_count: 2 },
        ...{ input_tokens: 5_000_000_000n, output_tokens: null, started_at: new Date(Date.UTC(2025, 0, 1)) },
      },
    ]);
    expect(await rowsIn(folder, "steps")).toMatchObject([
      {
        step_id: 1,
        stage: "all",
        observation_chars: 9,
        thinking_chars: null,
        reads: ["/a", "b, c"],
        failed: false,
      },
      { step_id: 2, stage_id: 1, exit_code: 4_294_967_295n, repeat_of: 1, reads: [], failed: true },
    ]);
    expect(await rowsIn(folder, "unreadable")).toEqual([]);
  });

  it("hold every label, and the quotes that prove it", async () => {
    const folder = written();
    const { labels } = WORKSPACE.diagnosis;
    expect((await rowsIn(folder, "labels")).map(({ step_id, label }) => [step_id, label])).toEqual(
      labels.map(({ step_id, label }) => [step_id, label]),
    );
    const quotes = (await rowsIn(folder, "evidence")).filter(({ proves }) => proves === "label");
    expect(quotes.map(({ quote }) => quote)).toEqual(
      labels.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)),
    );
  });

  it("hold no text of action, observation or thinking", () => {
    const secret = madeWorkspace(
      "r",
      steps(look("the-action x", "the-observation", { thinking: "the-thought", name: "n" })),
    );
    const rows = JSON.stringify(rowsOfRun(secret, factsOf(secret, "r")).steps);
    expect(rows).not.toMatch(/the-observation|the-thought|action x/);
  });

  it("are the same bytes each time, and leave nothing else behind", () => {
    const folder = written();
    expect(directoryDigest(folder)).toBe(directoryDigest(written()));
    expect(fs.readdirSync(folder).sort()).toEqual(TABLES.map(({ name }) => `${name}.parquet`).sort());
  });

  it("take the place of earlier ones only once they are whole", () => {
    const folder = path.join(tempRun({}), "tables");
    writeTables(folder).publish();
    const before = fs.readFileSync(path.join(folder, "runs.parquet"));
    const tables = writeTables(folder);
    tables.add(rowsOfRun(WORKSPACE, factsOf(WORKSPACE, "one")));
    expect(fs.readFileSync(path.join(folder, "runs.parquet"))).toEqual(before);
    tables.publish();
    expect(fs.readFileSync(path.join(folder, "runs.parquet"))).not.toEqual(before);
  });

  it("are written in row groups, so that few rows are held at a time", async () => {
    const folder = tempRun({});
    const table = new TableFile(folder, "many", [{ name: "n", type: "whole" }]);
    for (let n = 0; n < 45_000; n += 5) table.add([[n], [n + 1], [n + 2], [n + 3], [n + 4]]);
    table.finish();
    table.publish();
    const file = await asyncBufferFromFile(path.join(folder, "many.parquet"));
    const { row_groups } = await parquetMetadataAsync(file);
    expect(row_groups.map(({ num_rows }) => num_rows)).toEqual([20_000n, 20_000n, 5000n]);
    expect((await parquetReadObjects({ file })).at(-1)).toEqual({ n: 44_999 });
  });

  it("are documented as they are", () => {
    const file = fileURLToPath(new URL("../../../docs/fleet-tables.md", import.meta.url));
    expect(fs.readFileSync(file, "utf8")).toBe(tablesMarkdown());
  });

  it("have names that SQL takes without quotes, each once", () => {
    for (const { name, columns } of TABLES) {
      const names = columns.map((column) => column.name);
      expect([name, ...names].filter((one) => !/^[a-z][a-z_]*$/.test(one))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

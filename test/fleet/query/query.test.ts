import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { factsOf, writeFleet } from "../../../src/fleet/facts/index.ts";
import { type AskOptions, askFleet, type JsonValue } from "../../../src/fleet/query/index.ts";
import { rowsOfRun, TABLES, writeTables } from "../../../src/fleet/tables/index.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { failure, look, steps } from "../../support/steps.ts";
import { tempRun } from "../../support/temp-run.ts";

const OPTIONS: AskOptions = {
  ...{ memory_mb: 256, threads: 1, seconds: 20, rows: null },
  signal: new AbortController().signal,
};

const COUNTS = {
  ...{ runs: 2, unreadable: 0, solved: 1, failed: 1, unknown: 0, infrastructure: 0 },
  ...{ without_steps: 0, steps: 4, tasks: 1, fidelity_failed: 0 },
};

function madeFleet(): string {
  const folder = path.join(tempRun({}), "it's a fleet");
  const tables = writeTables(path.join(folder, "tables"));
  for (const [id, resolved] of [
    ["a", true],
    ["b", false],
  ] as const) {
    const workspace = madeWorkspace(id, steps(look("ls", "x"), failure("make", "error")), {
      outcome: { resolved },
    });
    tables.add(rowsOfRun(workspace, factsOf(workspace, id)));
  }
  tables.publish();
  writeFleet(folder, {
    codetracer_version: "0.0.0",
    targets: [],
    settings: { tracer: "rules", model: null, profile: "codetracebench", redact: true, judged: [] },
    counts: COUNTS,
    run_ids: ["a", "b"],
    ...{ unreadable: [], untraced: [], warnings: [] },
    last_call: { seconds: 1, made: 2, kept: 0, bytes_read: 3 },
  });
  return folder;
}

const FLEET = madeFleet();

async function ask(sql: string, options: Partial<AskOptions> = {}) {
  let columns: readonly string[] = [];
  const rows: (readonly JsonValue[])[] = [];
  let isCut = false;
  await askFleet(FLEET, sql, { ...OPTIONS, ...options }, (part) => {
    columns = part.columns;
    rows.push(...part.rows);
    isCut = part.isCut;
  });
  return { columns, rows, isCut };
}

describe("askFleet", () => {
  it("answers over every table by its name", async () => {
    const { columns, rows } = await ask(
      "select run_id, outcome, count(*) as n, sum(failed::int) as failed from runs join steps using (run_id) group by all order by all",
    );
    expect(columns).toEqual(["run_id", "outcome", "n", "failed"]);
    expect(rows).toEqual([
      ["a", "solved", 2, 1],
      ["b", "failed", 2, 1],
    ]);
    const { rows: names } = await ask("show tables");
    expect(names.flat().sort()).toEqual(TABLES.map(({ name }) => name).sort());
  });

  it("says which columns there are where no row fits, and when there are more rows than were asked for", async () => {
    expect(await ask("select run_id from runs where false")).toEqual({
      columns: ["run_id"],
      rows: [],
      isCut: false,
    });
    const few = await ask("from range(10000)", { rows: 3 });
    expect([few.rows, few.isCut]).toEqual([[[0], [1], [2]], true]);
    expect(await ask("from range(3)", { rows: 3 })).toMatchObject({ isCut: false });
  });

  it("keeps numbers that JSON cannot hold as text", async () => {
    const { rows } = await ask("select 9007199254740993, 1.5::decimal(4, 2), 'nan'::double, null");
    expect(rows).toEqual([["9007199254740993", 1.5, "NaN", null]]);
  });

  it("reads nothing but the tables, and writes nothing", async () => {
    const outside = tempRun({ "secret.csv": "a\n1\n", "new/.keep": "" });
    const secret = path.join(outside, "secret.csv");
    const before = fs.readFileSync(path.join(FLEET, "tables/runs.parquet"));
    const target = path.join(FLEET, "tables/runs.parquet").replaceAll("'", "''");
    const forbidden = [
      `select * from '${secret}'`,
      `select * from read_text('${secret}')`,
      `select * from read_csv('${secret}')`,
      `select * from glob('${outside}/*')`,
      "select * from read_text('https://example.com/x')",
      `copy runs to '${outside}/new/x.csv'`,
      `copy (select 1) to '${target}' (format parquet)`,
      `export database '${outside}/new'`,
      `attach '${outside}/new/x.db'`,
      "install httpfs",
      "load httpfs",
      "set enable_external_access=true",
      "set allowed_directories=['/']",
      "set threads=9",
      "create table t as select 1",
      "drop view runs",
      "select 1; select 2",
      "",
    ];
    for (const sql of forbidden) await expect(ask(sql), sql).rejects.toMatchObject({ code: "bad_argument" });
    expect(fs.readFileSync(path.join(FLEET, "tables/runs.parquet"))).toEqual(before);
    expect(fs.readdirSync(path.join(outside, "new"))).toEqual([".keep"]);
  });

  it("says what is wrong with the SQL", async () => {
    await expect(ask("selec 1")).rejects.toThrow(/^Parser Error: syntax error at or near "selec"/);
    await expect(ask("select nope from runs")).rejects.toThrow(/nope/);
    await expect(ask("create table t as select 1")).rejects.toThrow(/a query reads \(SELECT/);
  });

  it("is ended at its limits of time and memory", async () => {
    const endless = "select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = -1";
    await expect(ask(endless, { seconds: 1 })).rejects.toThrow(/took longer than 1 s/);
    await expect(ask("select list(range) from range(1000000000)", { memory_mb: 64 })).rejects.toThrow(
      /needs more than 64 MB/,
    );
  });

  it("is ended when the user interrupts", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const endless = "select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = -1";
    await expect(ask(endless, { signal: abort.signal })).rejects.toThrow(/Interrupt/);
  });

  it("needs a finished fleet with all its tables", async () => {
    await expect(askFleet(tempRun({}), "select 1", OPTIONS, () => {})).rejects.toThrow(/no finished fleet/);
    const folder = madeFleet();
    fs.rmSync(path.join(folder, "tables/flags.parquet"));
    await expect(askFleet(folder, "select 1", OPTIONS, () => {})).rejects.toThrow(/flags.parquet is missing/);
    fs.writeFileSync(path.join(folder, "tables/flags.parquet"), "broken");
    await expect(askFleet(folder, "select 1", OPTIONS, () => {})).rejects.toThrow(/cannot be opened/);
  });
});

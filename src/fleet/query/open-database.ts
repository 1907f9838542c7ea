import fs from "node:fs";
import path from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import { FLEET_PLACES, readFleet } from "../facts/index.ts";
import { TABLES, tableFileName } from "../tables/index.ts";

/** What a query may take. */
export interface QueryLimits {
  memory_mb: number;
  threads: number;
}

/** A database of a fleet's tables. */
export interface Database {
  connection: DuckDBConnection;
  /** What `extractStatements` counts as a statement that reads. */
  readingTypes: ReadonlySet<number>;
  close(): void;
}

/**
 * Opens a fleet's tables in memory, each a view of its name. From then on nothing but these files can be read, nothing can be
 * written, no extension loaded and no setting changed. Throws CodeTracerError where the fleet is not finished or DuckDB is not
 * installed.
 */
export async function openDatabase(folder: string, limits: QueryLimits): Promise<Database> {
  readFleet(folder);
  const { DuckDBInstance, StatementType } = await loadDuckDb();
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(limits.threads),
    memory_limit: `${limits.memory_mb}MB`,
    // Nothing is spilled to the disk.
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  const files = TABLES.map(({ name }) => ({
    name,
    file: path.resolve(folder, FLEET_PLACES.tables, tableFileName(name)),
  }));
  try {
    for (const { name, file } of files) {
      if (!fs.existsSync(file)) throw new Error(`${file} is missing`);
      await connection.run(`create view ${name} as select * from read_parquet(${quoted(file)})`);
    }
    await connection.run(`set allowed_paths=[${files.map(({ file }) => quoted(file)).join(", ")}]`);
    await connection.run("set enable_external_access=false");
    await connection.run("set lock_configuration=true");
  } catch (error) {
    connection.closeSync();
    throw new CodeTracerError(
      "bad_workspace",
      `the tables of ${folder} cannot be opened: ${firstLine(messageOf(error))}; run the codetracer fleet command again`,
    );
  }
  return {
    connection,
    readingTypes: new Set([StatementType.SELECT, StatementType.EXPLAIN]),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Optional: its programs are large and not built for every platform. */
async function loadDuckDb(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch {
    throw new CodeTracerError(
      "bad_argument",
      "codetracer fleet query needs @duckdb/node-api, which is not installed or does not run here; install it (npm install @duckdb/node-api), or open the Parquet files in tables/ with any other tool",
    );
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

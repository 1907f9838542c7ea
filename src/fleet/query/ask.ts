import type { DuckDBConnection } from "@duckdb/node-api";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import { type Database, openDatabase, type QueryLimits } from "./open-database.ts";

/** What a query is asked under. */
export interface AskOptions extends QueryLimits {
  seconds: number;
  /** Rows that are handed out at most; null = all. */
  rows: number | null;
  signal: AbortSignal;
}

/** A value of an answer. Numbers that JSON cannot hold, and times, are text. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** The rows of an answer, some at a time. `isNumber` says for each column whether its cells are numbers. */
export interface AnswerPart {
  columns: readonly string[];
  isNumber: readonly boolean[];
  rows: readonly (readonly JsonValue[])[];
  /** True = there would be more rows. */
  isCut: boolean;
}

/**
 * Asks a fleet's tables one question in SQL. `take` gets the answer part by part, at least once. Throws CodeTracerError for SQL
 * that is wrong, does more than read, or takes longer or more memory than it may.
 */
export async function askFleet(
  folder: string,
  sql: string,
  options: AskOptions,
  take: (part: AnswerPart) => void,
): Promise<void> {
  const database = await openDatabase(folder, options);
  let isLate = false;
  const interrupt = (): void => database.connection.interrupt();
  const timer = setTimeout(() => {
    isLate = true;
    interrupt();
  }, options.seconds * 1000);
  options.signal.addEventListener("abort", interrupt, { once: true });
  try {
    await stream(database, sql, options.rows, take);
  } catch (error) {
    throw asOurs(error, options, isLate);
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener("abort", interrupt);
    database.close();
  }
}

async function stream(
  database: Database,
  sql: string,
  most: number | null,
  take: (part: AnswerPart) => void,
): Promise<void> {
  const { connection } = database;
  await requireReading(connection, database.readingTypes, sql);
  const result = await connection.stream(sql);
  const columns = result.deduplicatedColumnNames();
  const isNumber = result.columnTypes().map((type) => NUMERIC.test(String(type)));
  let count = 0;
  let isFirst = true;
  for await (const rows of result.yieldRowsJson()) {
    const room = most === null ? rows.length : most - count;
    const taken = rows
      .slice(0, room)
      .map((row) => row.map((cell, at) => (isNumber[at] ? asNumber(cell) : cell)));
    take({ columns, isNumber, rows: taken, isCut: rows.length > room });
    isFirst = false;
    count += rows.length;
    if (rows.length > room) return;
  }
  if (isFirst) take({ columns, isNumber, rows: [], isCut: false });
}

const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|UINTEGER|FLOAT|DOUBLE|DECIMAL\b.*)$/;

/** Large integers and decimals come as text: as a number where that loses nothing that matters. */
function asNumber(cell: JsonValue): JsonValue {
  if (typeof cell !== "string") return cell;
  const number = Number(cell);
  const isExact = Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isExact ? number : cell;
}

/** One statement that reads. The database refuses the rest as well; this says so in plain words. */
async function requireReading(
  connection: DuckDBConnection,
  readingTypes: ReadonlySet<number>,
  sql: string,
): Promise<void> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1)
    throw new CodeTracerError(
      "bad_argument",
      `a query is one statement, and this is ${statements.count}; a PIVOT needs its values named: pivot … on … in (…)`,
    );
  const prepared = await statements.prepare(0);
  try {
    if (readingTypes.has(prepared.statementType)) return;
  } finally {
    prepared.destroySync();
  }
  throw new CodeTracerError(
    "bad_argument",
    "a query reads (SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, EXPLAIN); this statement would change something",
  );
}

function asOurs(error: unknown, options: AskOptions, isLate: boolean): unknown {
  if (error instanceof CodeTracerError) return error;
  const message = messageOf(error).replace(/^Failed to extract statements: /, "");
  if (isLate)
    return new CodeTracerError(
      "bad_argument",
      `the query took longer than ${options.seconds} s and was ended; narrow it down or give --max-seconds`,
    );
  if (message.startsWith("Out of Memory Error"))
    return new CodeTracerError(
      "bad_argument",
      `the query needs more than ${options.memory_mb} MB; narrow it down or give --max-memory`,
    );
  return new CodeTracerError("bad_argument", message);
}

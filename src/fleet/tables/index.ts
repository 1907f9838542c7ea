/** The tables of a fleet: Parquet files that any analytical tool reads. */
export { rowsOfClusters } from "./clusters.ts";
export { rowOf, sqlType } from "./column.ts";
export { tablesMarkdown } from "./document.ts";
export { type RunRows, rowsOfRun } from "./rows.ts";
export { outcomeOf, UNREADABLE } from "./runs.ts";
export { tableFileName } from "./table-file.ts";
export { TABLES } from "./tables.ts";
export { type TablesWriter, writeTables } from "./write-tables.ts";

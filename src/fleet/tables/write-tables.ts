import type { RunRows } from "./rows.ts";
import { TableFile } from "./table-file.ts";
import { TABLES } from "./tables.ts";

/** Every table of a fleet while it is written. */
export interface TablesWriter {
  /** Adds what one run, or the fleet as a whole, has. Tables are in the order in which rows come. */
  add(rows: RunRows): void;
  /** Ends the files and lets them take the place of earlier ones. */
  publish(): void;
}

/** Begins the tables below `folder`. What an earlier, killed call began is overwritten. */
export function writeTables(folder: string): TablesWriter {
  const files = new Map(TABLES.map(({ name, columns }) => [name, new TableFile(folder, name, columns)]));
  return {
    add(rows) {
      for (const [name, added] of Object.entries(rows)) fileOf(files, name).add(added);
    },
    publish() {
      for (const file of files.values()) file.finish();
      for (const file of files.values()) file.publish();
    },
  };
}

function fileOf(files: ReadonlyMap<string, TableFile>, name: string): TableFile {
  const file = files.get(name);
  if (file) return file;
  throw new Error(`there is no table ${name}`);
}

import fs from "node:fs";
import path from "node:path";
import { fileWriter, ParquetWriter } from "hyparquet-writer";
import { VERSION } from "../../util/version.ts";
import { type Cell, type Column, parquetElements, parquetValue } from "./column.ts";

/** Rows that are held before they are written as one row group. */
const GROUP_ROWS = 20_000;

/**
 * One Parquet file that rows are added to. It is written under another name; `finish` ends it, and `publish` gives it its own. The
 * same rows give the same bytes.
 */
export class TableFile {
  readonly #file: string;
  readonly #columns: readonly Pick<Column<never>, "name" | "type">[];
  readonly #writer: ParquetWriter;
  #rows: (readonly Cell[])[] = [];

  constructor(folder: string, name: string, columns: readonly Pick<Column<never>, "name" | "type">[]) {
    this.#file = path.join(folder, tableFileName(name));
    this.#columns = columns;
    fs.mkdirSync(folder, { recursive: true });
    this.#writer = new ParquetWriter({
      writer: fileWriter(`${this.#file}.partial`),
      schema: [{ name: "root", num_children: columns.length }, ...columns.flatMap(parquetElements)],
      createdBy: `codetracer ${VERSION}`,
    });
  }

  add(rows: readonly (readonly Cell[])[]): void {
    for (const row of rows) {
      this.#rows.push(row);
      if (this.#rows.length >= GROUP_ROWS) this.#flush();
    }
  }

  finish(): void {
    this.#flush();
    this.#writer.finish();
  }

  publish(): void {
    fs.renameSync(`${this.#file}.partial`, this.#file);
  }

  #flush(): void {
    const rows = this.#rows;
    if (rows.length === 0) return;
    const columnData = this.#columns.map(({ name, type }, at) => ({
      name,
      data: rows.map((row) => parquetValue(type, row[at] ?? null)),
    }));
    this.#writer.write({ columnData, rowGroupSize: rows.length });
    this.#rows = [];
  }
}

/** The file of a table. */
export function tableFileName(name: string): string {
  return `${name}.parquet`;
}

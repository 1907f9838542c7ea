import fs from "node:fs";
import path from "node:path";
import type { ExportPart } from "../export/index.ts";
import { CodeTracerError } from "../util/errors.ts";

/** What a file of an export came to. */
export interface WrittenFile {
  path: string;
  bytes: number;
}

/** Writes the pieces of files below a folder. A file has its name once all are written; till then it ends in `.partial`. */
export class PartWriter {
  readonly #folder: string;
  readonly #bytes = new Map<string, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Adds a piece to its file. Throws CodeTracerError `unreadable` where it cannot be written. */
  add({ path: name, header = "", text }: ExportPart): void {
    const file = path.join(this.#folder, name);
    const before = this.#bytes.get(file);
    const piece = before === undefined ? header + text : text;
    try {
      if (before === undefined) {
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(`${file}.partial`, piece);
      } else fs.appendFileSync(`${file}.partial`, piece);
    } catch (error) {
      throw new CodeTracerError("unreadable", `${file}: cannot be written; give another --out`, {
        cause: error,
      });
    }
    this.#bytes.set(file, (before ?? 0) + Buffer.byteLength(piece));
  }

  /** Gives every file its name. */
  finish(): WrittenFile[] {
    return [...this.#bytes].map(([file, bytes]) => {
      fs.renameSync(`${file}.partial`, file);
      return { path: file, bytes };
    });
  }

  /** Takes back what was begun. */
  abandon(): void {
    for (const file of this.#bytes.keys()) fs.rmSync(`${file}.partial`, { force: true });
  }
}

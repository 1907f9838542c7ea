import fs from "node:fs";
import path from "node:path";
import type { Io } from "./io.ts";

/** Where rows go, one at a time; `close` finishes it. Waits for whoever reads, so that rows do not pile up in memory. */
export interface LineSink {
  readonly lines: number;
  write(row: unknown): Promise<void>;
  close(): void;
  /** Leaves nothing behind where something went wrong. */
  discard(): void;
}

/** A file that is there whole or not at all. */
export function fileSink(file: string): LineSink {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  const handle = fs.openSync(partial, "w");
  let lines = 0;
  return {
    get lines() {
      return lines;
    },
    write: async (row) => {
      fs.writeSync(handle, `${JSON.stringify(row)}\n`);
      lines++;
    },
    close: () => {
      fs.closeSync(handle);
      fs.renameSync(partial, file);
    },
    discard: () => {
      fs.closeSync(handle);
      fs.rmSync(partial, { force: true });
    },
  };
}

/** The command's standard output. */
export function streamSink(stream: Io["stdout"]): LineSink {
  let lines = 0;
  return {
    get lines() {
      return lines;
    },
    write: async (row) => {
      lines++;
      if (!stream.write(`${JSON.stringify(row)}\n`)) await drained(stream);
    },
    close: () => {},
    discard: () => {},
  };
}

/** A reader that went away never drains. */
function drained(stream: Io["stdout"]): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ["drain", "close", "error"]) stream.removeListener(event, done);
      resolve();
    };
    for (const event of ["drain", "close", "error"]) stream.once(event, done);
  });
}

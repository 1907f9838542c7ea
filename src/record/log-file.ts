import fs from "node:fs";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import type { RecordEvent } from "./events.ts";

/**
 * The log of a recording, open for adding to its end; several processes may add to it at once. An event is one write. It begins
 * with a line break of its own: a piece that a kill left without its end never swallows the event behind it.
 */
export class LogFile {
  readonly path: string;
  readonly #descriptor: number;
  readonly #fsync: boolean;
  #isFresh: boolean;

  private constructor(file: string, descriptor: number, fsync: boolean, isFresh: boolean) {
    this.path = file;
    this.#descriptor = descriptor;
    this.#fsync = fsync;
    this.#isFresh = isFresh;
  }

  /** A log that was not there; null where there is one. Throws CodeTracerError `unreadable`. */
  static create(file: string, fsync = false): LogFile | null {
    try {
      return new LogFile(file, fs.openSync(file, "ax"), fsync, true);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return null;
      throw unwritable(file, error);
    }
  }

  /** A log that is there. Throws CodeTracerError `unreadable`. */
  static open(file: string, fsync = false): LogFile {
    try {
      // Not made where it is missing: a log begins with the session that made it.
      return new LogFile(
        file,
        fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_APPEND),
        fsync,
        false,
      );
    } catch (error) {
      throw unwritable(file, error);
    }
  }

  /** Adds an event; it is in the file when this returns. Throws CodeTracerError `unreadable` where it is not, such as on a full disk. */
  append(event: RecordEvent): void {
    try {
      const line = `${JSON.stringify(event)}\n`;
      // A rest that is written later could stand behind another process's event; the whole is written again instead.
      const isWritten = this.#write(this.#isFresh ? line : `\n${line}`) || this.#write(`\n${line}`);
      this.#isFresh = false;
      if (!isWritten) throw new Error("no space for the whole event");
      if (this.#fsync) fs.fsyncSync(this.#descriptor);
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }

  /** Whether all of a text was written, in one write. */
  #write(text: string): boolean {
    const bytes = Buffer.from(text);
    return fs.writeSync(this.#descriptor, bytes) === bytes.length;
  }

  close(): void {
    fs.closeSync(this.#descriptor);
  }
}

function unwritable(file: string, error: unknown): CodeTracerError {
  return new CodeTracerError(
    "unreadable",
    `${file}: the recording cannot be written (${messageOf(error)}); what was recorded before is kept. Free some space, or choose a folder that can be written to`,
    { path: file, cause: error },
  );
}

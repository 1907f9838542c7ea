import { randomBytes } from "node:crypto";
import { createRedactor } from "../run/redact/index.ts";
import { CodeTracerError } from "../util/errors.ts";
import type { RecordEvent } from "./events.ts";
import type { LogFile } from "./log-file.ts";
import { Stamps } from "./stamps.ts";

/** Where the events of one process go: times, ids, redaction. */
export class EventWriter {
  readonly session_id = randomBytes(5).toString("hex");
  readonly #log: LogFile;
  readonly #stamps: Stamps;
  readonly #redact: <T>(value: T) => T;
  #ids = 0;
  #isClosed = false;

  constructor(log: LogFile, options: { redact: boolean; now: () => number }) {
    this.#log = log;
    this.#stamps = new Stamps(options.now);
    const redactor = options.redact ? createRedactor() : null;
    this.#redact = redactor ? (value) => redactor.deep(value) : (value) => value;
  }

  /** An id that no other action, turn or agent of the recording has. */
  nextId(): string {
    return `${this.session_id}-${++this.#ids}`;
  }

  at(): string {
    return this.#stamps.next();
  }

  /** Texts without their secrets. */
  clean<T>(value: T): T {
    return this.#redact(value);
  }

  /** Adds an event to the log. Throws CodeTracerError `bad_argument` after the end, `unreadable` where it cannot be written. */
  append(event: RecordEvent): void {
    if (this.#isClosed)
      throw new CodeTracerError(
        "bad_argument",
        "recording: it was finished; open the folder again with continue: true",
        {
          path: this.#log.path,
        },
      );
    this.#log.append(event);
  }

  close(): void {
    this.#isClosed = true;
    this.#log.close();
  }
}

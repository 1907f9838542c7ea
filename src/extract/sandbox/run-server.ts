import type { RunFiles } from "../../run/run-files.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { ReadAnswer, ReadRequest } from "./protocol.ts";
import { REFUSALS } from "./refusals.ts";

const CHUNK_CHARS = 1 << 20;
const MAX_CHUNK_ENTRIES = 20_000;
const MAX_HEAD_BYTES = 1 << 20;
const MAX_STREAMS = 100;

/** Answers a guest's reads from the run. It reaches nothing else, whatever it is asked. */
export class RunServer {
  readonly #run: RunFiles;
  readonly #maxChars: number;
  readonly #streams = new Map<string, Iterator<unknown>>();
  #opened = 0;

  constructor(run: RunFiles, maxChars: number) {
    this.#run = run;
    this.#maxChars = maxChars;
  }

  answer(request: ReadRequest): ReadAnswer {
    try {
      return this.#read(request);
    } catch (error) {
      if (!(error instanceof CodeTracerError)) throw error;
      return { refused: error.code === "bad_json" ? REFUSALS.broken : REFUSALS.failed };
    }
  }

  /** Closes what the guest left open. */
  close(): void {
    for (const stream of this.#streams.values()) stream.return?.();
    this.#streams.clear();
  }

  #read({ operation, name, number }: ReadRequest): ReadAnswer {
    const run = this.#run;
    switch (operation) {
      case "has":
        return json(run.has(name));
      case "size":
        return json(run.size(name));
      case "isLfsPointer":
        return json(run.isLfsPointer(name));
      case "head":
        return { text: run.head(name, Math.min(number ?? 4096, MAX_HEAD_BYTES)) };
      case "tryJson":
        return run.size(name) > this.#maxChars ? { refused: REFUSALS.large } : json(run.tryJson(name));
      case "next":
        return this.#next(name);
      case "close":
        return this.#closeStream(name);
      default:
        return run.has(name) ? this.#readFile(operation, name, number) : { refused: REFUSALS.missing };
    }
  }

  #readFile(operation: ReadRequest["operation"], name: string, number: number | null): ReadAnswer {
    const run = this.#run;
    if (operation === "open_lines") return this.#open(run.lines(name));
    if (operation === "open_jsonl") return this.#open(run.jsonl(name));
    if (operation === "lineAt") return this.#bounded(run.lineAt(name, number ?? 0) ?? null);
    if (run.size(name) > this.#maxChars) return { refused: REFUSALS.large };
    return operation === "text" ? { text: run.text(name) } : json(run.json(name));
  }

  #bounded(text: string | null): ReadAnswer {
    return text !== null && text.length > this.#maxChars ? { refused: REFUSALS.long } : { text };
  }

  #open(entries: Iterable<unknown>): ReadAnswer {
    if (this.#streams.size >= MAX_STREAMS) return { refused: REFUSALS.streams };
    this.#opened++;
    this.#streams.set(String(this.#opened), entries[Symbol.iterator]());
    return { text: String(this.#opened) };
  }

  /** The next entries as one JSON array; null at the end. */
  #next(id: string): ReadAnswer {
    const stream = this.#streams.get(id);
    const parts: string[] = [];
    let chars = 0;
    while (stream && chars < CHUNK_CHARS && parts.length < MAX_CHUNK_ENTRIES) {
      const { done, value } = stream.next();
      if (done) break;
      const part = JSON.stringify(value);
      if (part.length > this.#maxChars) return { refused: REFUSALS.long };
      chars += part.length;
      parts.push(part);
    }
    return { text: parts.length === 0 ? null : `[${parts.join(",")}]` };
  }

  #closeStream(id: string): ReadAnswer {
    this.#streams.get(id)?.return?.();
    this.#streams.delete(id);
    return { text: null };
  }
}

function json(value: unknown): ReadAnswer {
  return { text: value === undefined ? null : JSON.stringify(value) };
}

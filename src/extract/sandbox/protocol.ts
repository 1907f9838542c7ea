import type { MessagePort } from "node:worker_threads";
import type { Interpreter } from "./interpreter.ts";

/** What crosses between the thread that waits and the sandbox's worker thread. Only strings, numbers and flat records. */

/** The functions an extractor exports. */
export type GuestFunction = "detect" | "extract";

/** One call, begun in a fresh interpreter. */
export interface SandboxCall {
  function: GuestFunction;
  source: string;
  /** The run's files by name; globs are matched in the worker, where they can be stopped. */
  names: readonly string[];
  focus: string | null;
  row: number | null;
  seconds: number;
  memory_mb: number;
  output_chars: number;
}

/** What the guest may ask of the run. `open_*` gives a stream's id, `next` its next lines as JSON, null at its end. */
export const READ_OPERATIONS = [
  "has",
  "size",
  "isLfsPointer",
  "head",
  "text",
  "json",
  "tryJson",
  "lineAt",
  "open_lines",
  "open_jsonl",
  "next",
  "close",
] as const;
export type ReadOperation = (typeof READ_OPERATIONS)[number];

/** One read: the name of a file, or the id of a stream. */
export interface ReadRequest {
  operation: ReadOperation;
  name: string;
  number: number | null;
}

/** What was read, null where there is nothing, or why it cannot be read. */
export type ReadAnswer = { text: string | null } | { refused: string };

/** How a call came to nothing. Its texts come from the guest and are not fit to be shown. */
export type GuestFailure =
  | { what: "threw"; stage: "load" | "run"; name: string; message: string; stack: string }
  | {
      what: "time" | "memory" | "output" | "stack" | "promise" | "missing" | "nothing" | "no_error" | "crash";
    };

/** What the worker says. */
export type WorkerMessage =
  | { kind: "ready" }
  | { kind: "read"; request: ReadRequest }
  | { kind: "done"; json: string }
  | { kind: "failed"; failure: GuestFailure };

/** What the worker is told. */
export type HostMessage = { kind: "call"; call: SandboxCall } | { kind: "answer"; answer: ReadAnswer };

/** Where each side counts its messages, so that the other can wait for the next one. */
export const SLOTS = { worker: 0, host: 1 } as const;

/** What the worker starts with. */
export interface WorkerStart {
  wasm: Interpreter;
  signal: Int32Array;
  port: MessagePort;
}

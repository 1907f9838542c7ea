import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { CodeTracerError } from "../../util/errors.ts";
import { interpreter } from "./interpreter.ts";
import type { GuestFailure, SandboxCall, WorkerMessage, WorkerStart } from "./protocol.ts";
import { type HostMessage, type ReadAnswer, type ReadRequest, SLOTS } from "./protocol.ts";

const START_MS = 60_000;
/** The interpreter ends most calls at the limit itself; what it cannot end is cut off this much later. */
const GRACE_MS = 1000;
/** Of the thread around the interpreter: the texts that pass through it, not the interpreter's own memory. */
const THREAD_MB = 512;
const STACK_MB = 8;

/** What came of a call; `silent` = the thread did not answer in time and was ended. */
export type ThreadAnswer = { json: string } | { failure: GuestFailure } | "silent";

/**
 * The worker thread that interpreters run in. The calling thread waits for it with `Atomics.wait`, so a call is
 * synchronous: on the main thread no event is handled meanwhile, for the seconds of the limit at most.
 */
export class SandboxThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #signal = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const start: WorkerStart = { wasm: interpreter(), signal: this.#signal, port: port2 };
    this.#worker = new Worker(workerFile(), {
      workerData: start,
      transferList: [port2],
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: THREAD_MB, stackSizeMb: STACK_MB },
    });
    this.#worker.on("error", () => {});
    this.#worker.unref();
    if (this.#receive(performance.now() + START_MS)?.kind === "ready") return;
    this.end();
    throw new CodeTracerError(
      "sandbox",
      `the sandbox for learned extractors did not start within ${START_MS / 1000} s; try again when the machine is less busy, or report this`,
    );
  }

  /** Makes one call. After `silent` the thread is of no more use. */
  ask(call: SandboxCall, read: (request: ReadRequest) => ReadAnswer): ThreadAnswer {
    const deadline = performance.now() + call.seconds * 1000 + GRACE_MS;
    this.#tell({ kind: "call", call });
    for (;;) {
      const message = this.#receive(deadline);
      if (message === undefined) return "silent";
      if (message.kind === "done") return { json: message.json };
      if (message.kind === "failed") return { failure: message.failure };
      if (message.kind === "read") this.#tell({ kind: "answer", answer: read(message.request) });
    }
  }

  /** Ends the thread, whatever it is doing. */
  end(): void {
    void this.#worker.terminate();
    this.#port.close();
  }

  #tell(message: HostMessage): void {
    this.#port.postMessage(message);
    Atomics.add(this.#signal, SLOTS.host, 1);
    Atomics.notify(this.#signal, SLOTS.host);
  }

  #receive(deadline: number): WorkerMessage | undefined {
    for (;;) {
      const seen = Atomics.load(this.#signal, SLOTS.worker);
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return undefined;
      const received = receiveMessageOnPort(this.#port);
      if (received) return received.message as WorkerMessage;
      Atomics.wait(this.#signal, SLOTS.worker, seen, leftMs);
    }
  }
}

/** The built worker. Worker threads cannot load TypeScript, so from source the built twin is used. */
function workerFile(): URL {
  const here = import.meta.url;
  const file = here.endsWith(".ts")
    ? new URL(here.replace(/\/src\/extract\/sandbox\/[^/]+$/, "/dist/src/extract/sandbox/worker.js"))
    : new URL("./worker.js", here);
  if (fs.existsSync(file)) return file;
  const message = `${fileURLToPath(file)} is missing; build the project, or install it again`;
  throw new CodeTracerError("sandbox", message);
}

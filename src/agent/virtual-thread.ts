import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { interrupted } from "./assemble-shell.ts";
import type { ShellSetup } from "./shell.ts";
import type { VirtualCommand, VirtualResult } from "./virtual-shell-messages.ts";

/** The interpreter ends most commands at the limit itself and keeps what they said; what it cannot end is cut off this much later. */
const GRACE_MS = 1000;
const START_MS = 60_000;
const YOUNG_MB = 64;

/** What came of a command: its result, or why its thread ended. */
export type ThreadAnswer = VirtualResult | "time" | "memory" | "crash";

/** The worker thread of a virtual shell. One that had to be ended is followed by a fresh one. */
export class VirtualThread {
  readonly #setup: ShellSetup;
  #worker: Promise<Worker> | null = null;

  constructor(setup: ShellSetup) {
    this.#setup = setup;
    this.#start().catch(() => {});
  }

  /** Runs one command; no other one may be running. Throws `sandbox` where no thread starts, `aborted` where the signal says so. */
  async ask(command: VirtualCommand, signal: AbortSignal | undefined): Promise<ThreadAnswer> {
    const worker = await this.#start();
    worker.ref();
    try {
      const answer = await this.#answer(worker, command, signal);
      if (typeof answer === "string") await this.end();
      else worker.unref();
      return answer;
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  /** Ends the thread, whatever it is doing. */
  async end(): Promise<void> {
    const worker = await this.#worker?.catch(() => null);
    this.#worker = null;
    await worker?.terminate();
  }

  #start(): Promise<Worker> {
    this.#worker ??= started(this.#setup);
    return this.#worker;
  }

  async #answer(
    worker: Worker,
    command: VirtualCommand,
    signal: AbortSignal | undefined,
  ): Promise<ThreadAnswer> {
    const over = new AbortController();
    const abort = (): void => over.abort();
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    const limitMs = this.#setup.limits.seconds * 1000 + GRACE_MS;
    try {
      const answers = [
        once(worker, "message", { signal: over.signal }).then(([result]) => result as VirtualResult),
        once(worker, "exit", { signal: over.signal }).then(() => "crash" as const),
        sleep(limitMs, "time" as const, { signal: over.signal }),
      ];
      worker.postMessage(command);
      return await Promise.race(answers);
    } catch (error) {
      if (signal?.aborted) throw interrupted();
      return isOutOfMemory(error) ? "memory" : "crash";
    } finally {
      signal?.removeEventListener("abort", abort);
      over.abort();
    }
  }
}

/** The worker once it is ready to take commands. It holds no environment. */
async function started(setup: ShellSetup): Promise<Worker> {
  const { folder, tools, limits } = setup;
  const worker = new Worker(workerFile(), {
    workerData: { folder, tools, limits },
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.memory_mb, maxYoungGenerationSizeMb: YOUNG_MB },
  });
  // What happens while a command is waited for is heard there; a thread that is being ended may still fail.
  worker.on("error", () => {});
  try {
    await once(worker, "message", { signal: AbortSignal.timeout(START_MS) });
    worker.unref();
    return worker;
  } catch (error) {
    void worker.terminate();
    throw failed(error);
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

function failed(error: unknown): CodeTracerError {
  const reason = messageOf(error).split("\n")[0]?.slice(0, 200);
  const message = `the virtual shell does not start (${reason}); take --shell bubblewrap where that works, or report this`;
  return new CodeTracerError("sandbox", message, { cause: error });
}

/** The built worker. Worker threads cannot load TypeScript, so from source the built twin is used. */
function workerFile(): URL {
  const here = import.meta.url;
  if (!here.endsWith(".ts")) return new URL("./virtual-shell-worker.js", here);
  return new URL(here.replace(/\/src\/agent\/[^/]+$/, "/dist/src/agent/virtual-shell-worker.js"));
}

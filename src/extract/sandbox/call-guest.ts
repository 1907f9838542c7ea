import type { RunFiles } from "../../run/run-files.ts";
import { guestError } from "./guest-error.ts";
import type { SandboxLimits } from "./limits.ts";
import type { GuestFunction } from "./protocol.ts";
import { RunServer } from "./run-server.ts";
import { SandboxThread } from "./sandbox-thread.ts";

const MILLION = 1_000_000;
/** A text stands in the interpreter's memory up to three times while it is handed over, with what becomes of it beside it. */
const TEXT_SHARE = 1 / 4;

/** One thread for all extractors: calls are synchronous, and each has an interpreter of its own. */
let thread: SandboxThread | null = null;

/**
 * Calls a function of a model-written extractor on a run and gives what it returned as JSON. Throws
 * CodeTracerError `bad_extractor` where the extractor is to blame, `sandbox` where the sandbox itself does not work.
 */
export function callGuest(
  name: GuestFunction,
  source: string,
  run: RunFiles,
  limits: Required<SandboxLimits>,
): string {
  const { seconds, memory_mb, output_mb } = limits;
  const server = new RunServer(run, memory_mb * MILLION * TEXT_SHARE);
  const { focus, row } = run;
  const call = { function: name, source, names: run.list(), focus, row, seconds, memory_mb };
  thread ??= new SandboxThread();
  let isWhole = false;
  try {
    const answer = thread.ask({ ...call, output_chars: output_mb * MILLION }, (request) =>
      server.answer(request),
    );
    isWhole = answer !== "silent";
    if (answer !== "silent" && "json" in answer) return answer.json;
    throw guestError(name, answer === "silent" ? { what: "silent" } : answer.failure, limits);
  } finally {
    server.close();
    if (!isWhole) {
      thread.end();
      thread = null;
    }
  }
}

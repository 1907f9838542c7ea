import { JSException, type JSValueHandle } from "quickjs-wasi";
import { asRecord, asString } from "../../util/narrow.ts";
import type { GuestFailure } from "./protocol.ts";

/** Of each text of a failure; a position stands at the head of a stack. */
const MAX_SAID_CHARS = 2000;
const KINDS = ["missing", "promise", "nothing", "no_error"] as const;

type Stage = "load" | "run";

/** What was thrown while the interpreter ran, by the guest or by the interpreter itself. */
export function failureOf(error: unknown, stage: Stage): GuestFailure {
  if (error instanceof JSException)
    return classified(stage, said(error.name), said(error.message), said(error.stack ?? ""));
  // Recursion can use up the thread's stack before the interpreter's own limit is met.
  if (error instanceof RangeError) return { what: "stack" };
  return isMemory(error) ? { what: "memory" } : { what: "crash" };
}

/** What the guest threw while it was loaded. */
export function thrownFailure(error: JSValueHandle, stage: Stage): GuestFailure {
  if (!error.isError) return { what: "no_error" };
  const part = (key: string): string => said(error.getProp(key).toString());
  return classified(stage, part("name"), part("message"), part("stack"));
}

/** What the code around the guest says, which ran where the guest could meddle with it. */
export function saidFailure(json: string): GuestFailure {
  const record = asRecord(parsed(json)) ?? {};
  if (record.what === "threw") {
    const part = (key: string): string => said(asString(record[key]) ?? "");
    return classified("run", part("name"), part("message"), part("stack"));
  }
  const what = KINDS.find((kind) => kind === record.what);
  return { what: what ?? "crash" };
}

function classified(stage: Stage, name: string, message: string, stack: string): GuestFailure {
  if (/^out of memory$/i.test(message)) return { what: "memory" };
  if (/^(?:maximum call stack size exceeded|stack overflow)$/i.test(message)) return { what: "stack" };
  return { what: "threw", stage, name, message, stack };
}

function said(text: string): string {
  return text.slice(0, MAX_SAID_CHARS);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The interpreter's memory is full even for a host's string. */
function isMemory(error: unknown): boolean {
  return error instanceof Error && /wasm_malloc|memory/i.test(error.message);
}

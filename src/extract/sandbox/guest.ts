import { EvalFlags, Intrinsics, type JSValueHandle, QuickJS } from "quickjs-wasi";
import { failureOf, saidFailure, thrownFailure } from "./guest-failure.ts";
import { hostFunction } from "./guest-reads.ts";
import type { Interpreter } from "./interpreter.ts";
import { PRELUDE } from "./prelude.ts";
import type { GuestFailure, ReadAnswer, ReadRequest, SandboxCall } from "./protocol.ts";

const MB = 1 << 20;
const STACK_BYTES = 256 * 1024;
/** What depends on the clock or on the collector is not there. */
const INTRINSICS = (Intrinsics.ALL & ~(Intrinsics.PERFORMANCE | Intrinsics.WEAK_REF)) >>> 0;
const PENDING = 0;
const SUCCESS = 0;

/** What a call came to: what the guest's function returned, as JSON, or why there is nothing. */
export type GuestResult = { json: string } | { failure: GuestFailure };

/** Answers what the guest asks of the run. */
export type Read = (request: ReadRequest) => ReadAnswer;

/** Makes one call in an interpreter of its own, which is thrown away. */
export async function runGuest(call: SandboxCall, wasm: Interpreter, read: Read): Promise<GuestResult> {
  const deadline = performance.now() + call.seconds * 1000;
  let isOver = false;
  const vm = await QuickJS.create({
    wasm,
    intrinsics: INTRINSICS,
    memoryLimit: call.memory_mb * MB,
    maxStackSize: STACK_BYTES,
    timezoneOffset: 0,
    wasi: stillWorld,
    interruptHandler: () => {
      isOver ||= performance.now() > deadline;
      return isOver;
    },
  });
  try {
    const result = await callIn(vm, call, read);
    return isOver ? { failure: { what: "time" } } : result;
  } catch (error) {
    return { failure: isOver ? { what: "time" } : failureOf(error, "run") };
  } finally {
    vm.dispose();
  }
}

async function callIn(vm: QuickJS, call: SandboxCall, read: Read): Promise<GuestResult> {
  const prelude = vm.evalCode(PRELUDE, "sandbox.js");
  const host = vm.newFunction("host", hostFunction(vm, call.names, read));
  const focus = call.focus === null ? vm.null : vm.newString(call.focus);
  const caller = vm.callFunction(prelude, vm.undefined, host, focus, vm.newNumber(call.row ?? -1));
  const extractor = await load(vm, call.source);
  if ("failure" in extractor) return extractor;
  const answer = vm.callFunction(caller, vm.undefined, extractor.loaded, vm.newString(call.function));
  if (!answer.isString) return { failure: { what: "crash" } };
  if (answer.length > call.output_chars) return { failure: { what: "output" } };
  const text = answer.toString();
  return text.startsWith("!") ? { failure: saidFailure(text.slice(1)) } : { json: text };
}

/** Evaluates the extractor as a module. There is nothing that it could import: no module loader is given. */
async function load(
  vm: QuickJS,
  source: string,
): Promise<{ loaded: JSValueHandle } | { failure: GuestFailure }> {
  try {
    const promise = vm.evalCode(source, "extractor.js", EvalFlags.TYPE_MODULE);
    if (promise.promiseState === PENDING) return { failure: { what: "promise" } };
    const settled = await vm.resolvePromise(promise);
    return "value" in settled ? { loaded: settled.value } : { failure: thrownFailure(settled.error, "load") };
  } catch (error) {
    return { failure: failureOf(error, "load") };
  }
}

/** The outside world as the interpreter sees it: time stands still, nothing is random, output goes nowhere. */
function stillWorld(memory: { readonly buffer: ArrayBuffer }): Record<string, (...args: never[]) => number> {
  return {
    clock_time_get: (_clock: number, _precision: bigint, at: number) => {
      new DataView(memory.buffer).setBigUint64(at, 0n, true);
      return SUCCESS;
    },
    random_get: (at: number, length: number) => {
      new Uint8Array(memory.buffer, at, length).fill(0);
      return SUCCESS;
    },
    fd_write: (_fd: number, buffers: number, count: number, written: number) => {
      const view = new DataView(memory.buffer);
      let bytes = 0;
      for (let index = 0; index < count; index++) bytes += view.getUint32(buffers + index * 8 + 4, true);
      view.setUint32(written, bytes, true);
      return SUCCESS;
    },
  };
}

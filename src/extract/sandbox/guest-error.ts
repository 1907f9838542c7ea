import { CodeTracerError } from "../../util/errors.ts";
import type { SandboxLimits } from "./limits.ts";
import type { GuestFailure, GuestFunction } from "./protocol.ts";
import { REFUSALS } from "./refusals.ts";

const NAMES = new Set([
  "Error",
  "TypeError",
  "RangeError",
  "SyntaxError",
  "ReferenceError",
  "URIError",
  "EvalError",
  "InternalError",
  "AggregateError",
  "ReadError",
]);

/** What the interpreter and the sandbox say, in words that hold nothing of a run. Other messages may quote it. */
const REASONS: readonly [RegExp, string][] = [
  [/^cannot (read|set) property '.*' of (undefined|null)$/s, "cannot $1 a property of $2"],
  [/^not a function$/, "not a function"],
  [/(?:^|\s)(?:is )?not iterable$/, "not iterable"],
  [/ is not defined$/, "a name that is not defined"],
  [/is read-only$/, "read-only"],
  [/not (?:extensible|configurable)|^no setter/, "the object cannot be changed"],
  [/not initialized$/, "a name is used before it is defined"],
  [/^could not load module /, "nothing can be imported"],
  [/^expecting '([^\w\s])'$/, "expecting $1"],
  [/^redeclaration of /, "a name is declared twice"],
  [/^circular reference$/, "the object holds itself"],
  [/^empty array$/, "the list is empty"],
  [/^invalid regular expression|^invalid .*regexp/i, "an invalid regular expression"],
  [/^no clock$/, "there is no clock: give Date a time"],
  [/^Invalid Date$|^Date value is NaN$/i, "an invalid date"],
  [/^(?:invalid array length|invalid string length|string too long)$/i, "longer than a value may be"],
];

/** The error for a call that came to nothing: what failed, where in the extractor, and what to do next. */
export function guestError(
  called: GuestFunction,
  failure: GuestFailure | { what: "silent" },
  { seconds, memory_mb, output_mb }: Required<SandboxLimits>,
): CodeTracerError {
  const bad = (message: string): CodeTracerError => new CodeTracerError("bad_extractor", message);
  switch (failure.what) {
    case "threw":
      return bad(thrown(called, failure));
    case "time":
      return bad(`${called} was stopped after ${seconds} s; read each file once and end every loop`);
    case "silent":
      return bad(
        `${called} did not answer within ${seconds} s and its thread was ended; end every loop, and hold less at a time`,
      );
    case "memory":
      return bad(
        `${called} needs more than ${memory_mb} MB; stream with run.lines or run.jsonl and keep only what the steps need`,
      );
    case "stack":
      return bad(`${called} recurses too deeply; use a loop`);
    case "output":
      return bad(`${called} returned more than ${output_mb} MB of JSON; return each text once`);
    case "promise":
      return bad(`${called} waits for something; reading is synchronous: take out async, await and promises`);
    case "missing":
      return bad(`extractor.js exports no function ${called}; write: export function ${called}(run) { … }`);
    case "nothing":
      return bad(`${called} returned nothing that is JSON; return a plain object`);
    case "no_error":
      return bad(`${called} threw something that is no Error; throw an Error, or return what could be read`);
    case "crash":
      return bad(`${called} broke the interpreter; simplify it, and report this`);
  }
}

function thrown(called: GuestFunction, failure: GuestFailure & { what: "threw" }): string {
  const name = NAMES.has(failure.name) ? failure.name : "Error";
  const position = /extractor\.js:(\d{1,6}(?::\d{1,6})?)/.exec(failure.stack)?.[1];
  const place = position === undefined ? "in extractor.js" : `at extractor.js:${position}`;
  const reason = reasonOf(failure.message);
  const what = failure.stage === "load" ? "extractor.js cannot be loaded:" : `${called} stopped:`;
  return `${what} ${name} ${place}${reason === null ? "" : ` (${reason})`}; look there and repair it`;
}

function reasonOf(message: string): string | null {
  const refusal = Object.values(REFUSALS).find((known) => known === message);
  if (refusal !== undefined) return refusal;
  for (const [pattern, reason] of REASONS) {
    const match = pattern.exec(message);
    if (match) return reason.replace("$1", match[1] ?? "").replace("$2", match[2] ?? "");
  }
  return null;
}

import { PassThrough } from "node:stream";
import type { Io } from "../../src/cli/io.ts";

/** The part of a command's surroundings that only one on a terminal uses: no keys, no signals. */
export function noTerminal(): Pick<Io, "stdin" | "on" | "raise" | "takeInterrupts"> {
  return {
    stdin: new PassThrough(),
    on: () => () => undefined,
    raise: () => undefined,
    takeInterrupts: () => () => undefined,
  };
}

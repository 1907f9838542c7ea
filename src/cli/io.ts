import type { KeyInput, Terminal } from "../walk/index.ts";

/** Everything of the process that a command may touch, handed in so that commands can be driven in tests. */
export interface Io {
  stdin: KeyInput;
  stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number };
  stderr: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Aborted when the user interrupts. */
  signal: AbortSignal;
  /** Calls a listener on every such event of the process until the returned function is called. */
  on: Terminal["on"];
  /** Sends a signal to the process; SIGTSTP to all of its group, as the terminal does. */
  raise: Terminal["raise"];
  /** Hands interrupts to a listener, in place of aborting, until the returned function is called. */
  takeInterrupts(listener: () => void): () => void;
}

/** How a command ended: 0 done, 1 done and the answer is bad (`--fail-on`), 2 could not, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 130;

/** Whether to colour what goes to a stream: the flag, then NO_COLOR and FORCE_COLOR, then whether it is a terminal. */
export function useColor(io: Io, stream: { isTTY?: boolean }, flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag;
  if (io.env.NO_COLOR !== undefined && io.env.NO_COLOR !== "") return false;
  if (io.env.FORCE_COLOR !== undefined && io.env.FORCE_COLOR !== "0") return true;
  return stream.isTTY === true && io.env.TERM !== "dumb";
}

/** Columns to print in: the terminal's, COLUMNS, or 100. At most 160, where lines get hard to read. */
export function outputWidth(io: Io): number {
  const columns = io.stdout.columns ?? Number(io.env.COLUMNS);
  return Number.isInteger(columns) && columns >= 40 ? Math.min(columns, 160) : 100;
}

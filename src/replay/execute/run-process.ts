import { kill } from "node:process";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { CutOutput, FLOOD_BYTES } from "../../agent/cut-output.ts";

/** A program to run, and what bounds it. */
export interface ProcessSetup {
  program: string;
  args: readonly string[];
  input: string | null;
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** 0 = no limit. */
  timeout_ms: number;
  /** More is cut out of the middle. */
  max_output_chars: number;
  signal: AbortSignal;
}

/** How it ended. */
export interface ProcessEnd {
  output: string;
  elided_chars: number;
  /** null = a limit or a signal ended it, or it could not be started. */
  exit_code: number | null;
  stopped: "time" | "output" | "abort" | "start" | null;
}

/** How long what a program left running may hold its output open. */
const LEFTOVER_MS = 500;
/** How long a program has to end by itself what it started. */
const TERM_MS = 300;

/** Runs a program in a process group of its own. When it ends or is stopped, what it left running in that group is killed. */
export async function runProcess(setup: ProcessSetup): Promise<ProcessEnd> {
  const { execa } = await import("execa");
  const output = new CutOutput(setup.max_output_chars);
  if (setup.signal.aborted) return { ...output.result(), exit_code: null, stopped: "abort" };
  const child = execa(setup.program, [...setup.args], {
    ...(setup.input === null ? { stdin: "ignore" as const } : { input: setup.input }),
    detached: true,
    cwd: setup.cwd,
    env: given(setup.env),
    extendEnv: false,
    buffer: false,
    reject: false,
  });
  let stopped: ProcessEnd["stopped"] = null;
  const closeOutput = (): void => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  const stop = (why: NonNullable<ProcessEnd["stopped"]>): void => {
    stopped ??= why;
    // First a word to the program itself, which may have groups of its own to end.
    child.kill("SIGTERM");
    ending ??= setTimeout(() => {
      killGroup(child.pid);
      closeOutput();
    }, TERM_MS);
  };
  const abort = (): void => stop("abort");
  let ending: NodeJS.Timeout | undefined;
  let leftover: NodeJS.Timeout | undefined;
  child.once("exit", () => {
    killGroup(child.pid);
    leftover = setTimeout(closeOutput, LEFTOVER_MS);
  });
  const timer = setup.timeout_ms > 0 ? setTimeout(() => stop("time"), setup.timeout_ms) : undefined;
  setup.signal.addEventListener("abort", abort, { once: true });
  const flooded = (): void => stop("output");
  onText(child.stdout, output, flooded);
  onText(child.stderr, output, flooded);
  try {
    const { exitCode } = await child;
    if (child.pid === undefined) stopped ??= "start";
    return { ...output.result(), exit_code: stopped === null ? (exitCode ?? null) : null, stopped };
  } finally {
    clearTimeout(timer);
    clearTimeout(leftover);
    clearTimeout(ending);
    setup.signal.removeEventListener("abort", abort);
  }
}

function onText(stream: Readable | null, into: CutOutput, flooded: () => void): void {
  if (stream === null) return;
  const decoder = new StringDecoder("utf8");
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > FLOOD_BYTES) flooded();
    else into.push(decoder.write(chunk));
  });
}

function given(env: ProcessSetup["env"]): Record<string, string> {
  const copy: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) copy[name] = value;
  return copy;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    kill(-pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

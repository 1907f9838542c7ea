import { kill } from "node:process";
import type { Readable } from "node:stream";

/** What a command of the user's gets. */
export interface CommandSetup {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  timeout_ms: number;
  /** Characters of output from which on it is stopped. */
  max_output_chars: number;
  signal: AbortSignal;
}

/** How it ended. */
export interface CommandEnd {
  output: string;
  /** The end of what it wrote to stderr. */
  complaint: string;
  /** null = it did not end by itself, or a signal ended it. */
  exit_code: number | null;
  /** `start` = the shell itself could not be started. */
  stopped: "time" | "abort" | "output" | "start" | null;
}

const COMPLAINT_CHARS = 4000;

/**
 * Runs a command line in the user's shell with `input` on its stdin; that is the only way in which anything but the line itself reaches it. Where a
 * limit stops it, all that it started is killed with it.
 */
export async function runCommand(command: string, input: string, setup: CommandSetup): Promise<CommandEnd> {
  const end: CommandEnd = { output: "", complaint: "", exit_code: null, stopped: null };
  const { execa } = await import("execa");
  if (setup.signal.aborted) return { ...end, stopped: "abort" };
  const child = execa(command, {
    shell: true,
    // A process group of its own, so that it can be killed whole.
    detached: true,
    input,
    cwd: setup.cwd,
    env: given(setup.env),
    extendEnv: false,
    buffer: false,
    reject: false,
  });
  const stop = (why: "time" | "abort" | "output"): void => {
    end.stopped ??= why;
    killGroup(child.pid);
    child.kill("SIGKILL");
    // What escaped from the group may hold them open.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const onAbort = (): void => stop("abort");
  const timer = setTimeout(() => stop("time"), setup.timeout_ms);
  setup.signal.addEventListener("abort", onAbort, { once: true });
  onText(child.stdout, (text) => {
    end.output += text;
    if (end.output.length > setup.max_output_chars) stop("output");
  });
  onText(child.stderr, (text) => {
    end.complaint = (end.complaint + text).slice(-COMPLAINT_CHARS);
  });
  try {
    const { exitCode } = await child;
    if (child.pid === undefined) end.stopped ??= "start";
    return { ...end, exit_code: end.stopped === null ? (exitCode ?? null) : null };
  } finally {
    clearTimeout(timer);
    setup.signal.removeEventListener("abort", onAbort);
  }
}

function onText(stream: Readable, take: (text: string) => void): void {
  stream.setEncoding("utf8");
  stream.on("data", take);
}

function given(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const copy: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) copy[name] = value;
  return copy;
}

/** Where there are no process groups, or it is gone already, killing the child itself has to do. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    kill(-pid, "SIGKILL");
  } catch {
    // Not there.
  }
}

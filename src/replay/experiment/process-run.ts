import type { Readable } from "node:stream";
import { killGroup, killMarked, MARK } from "./leftovers.ts";

/** What a command of the user's is run with. */
export interface ProcessSetup {
  /** Program and arguments: no shell comes between. */
  argv: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Stands in the environment of all that it starts, so that it can be found and ended. */
  mark: string;
  timeout_seconds: number;
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** How a command ended. */
export interface ProcessEnd {
  /** null = it did not end by itself. */
  exit_code: number | null;
  /** `start` = it could not be started; null = it ended by itself, or was ended by a signal that is not ours. */
  stopped: "time" | "abort" | "start" | null;
  seconds: number;
  /** Of both streams, in the order of arrival; a very long one has lost its middle. */
  output: string;
}

const HEAD_CHARS = 200_000;
const TAIL_CHARS = 800_000;

/**
 * Runs a command in a process group of its own, with nothing on its stdin. When it ends, or a limit ends it, all that it started is ended with it:
 * its group, and on Linux also what left the group, by the mark in its environment.
 */
export async function runProcess(setup: ProcessSetup): Promise<ProcessEnd> {
  const { argv, cwd, mark, signal } = setup;
  const startedAt_ms = setup.now();
  const seconds = (): number => Math.max(0, (setup.now() - startedAt_ms) / 1000);
  if (signal.aborted) return { exit_code: null, stopped: "abort", seconds: 0, output: "" };
  const { execa } = await import("execa");
  const [program = "", ...args] = argv;
  const child = execa(program, args, {
    cwd,
    env: { ...given(setup.env), PWD: cwd, [MARK]: mark },
    extendEnv: false,
    detached: true,
    stdin: "ignore",
    buffer: false,
    reject: false,
  });
  const output = new OutputEnds();
  output.take(child.stdout);
  output.take(child.stderr);
  let stopped: ProcessEnd["stopped"] = null;
  const endAll = (): void => {
    killGroup(child.pid);
    child.kill("SIGKILL");
    killMarked(mark);
    // What nothing could end may hold them open.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const stop = (why: "time" | "abort"): void => {
    stopped ??= why;
    endAll();
  };
  const onAbort = (): void => stop("abort");
  const timer = setTimeout(() => stop("time"), setup.timeout_seconds * 1000);
  signal.addEventListener("abort", onAbort, { once: true });
  // A child that lives on holds the streams: the program itself has ended all the same.
  let grace: NodeJS.Timeout | undefined;
  child.once("exit", () => {
    grace = setTimeout(endAll, GRACE_MS);
  });
  try {
    const { exitCode } = await child;
    if (child.pid === undefined) stopped ??= "start";
    return {
      exit_code: stopped === null ? (exitCode ?? null) : null,
      stopped,
      seconds: seconds(),
      output: output.text(),
    };
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    signal.removeEventListener("abort", onAbort);
    endAll();
  }
}

/** For what stands in the pipes when the program ends. */
const GRACE_MS = 200;

/** Head and tail of what is written, however long it gets. */
class OutputEnds {
  #head = "";
  #tail = "";
  #cut = 0;

  take(stream: Readable): void {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => this.#add(text));
  }

  text(): string {
    const between = this.#cut === 0 ? "" : `\n[${this.#cut} characters left out]\n`;
    return this.#head + between + this.#tail;
  }

  #add(text: string): void {
    const room = HEAD_CHARS - this.#head.length;
    this.#head += text.slice(0, room);
    const rest = this.#tail + text.slice(room);
    this.#cut += Math.max(0, rest.length - TAIL_CHARS);
    this.#tail = rest.slice(-TAIL_CHARS);
  }
}

function given(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const copy: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) copy[name] = value;
  return copy;
}

import fs from "node:fs";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { CutOutput, FLOOD_BYTES } from "./cut-output.ts";
import { inheritedDescriptors } from "./inherited-descriptors.ts";
import { watchProcesses } from "./process-watch.ts";
import type { ShellLimits } from "./shell.ts";

const MB = 1024 * 1024;
/** What a tar takes beyond the content of its files. */
const TAR_EXTRA_MB = 2;
/** The descriptor that the sandbox reports on. */
const CONTROL = 3;
const ERROR_CHARS = 2000;
/** Where the sandbox can make files. */
const WRITABLE = ["/scratch", "/tmp", "/opt/codetracer"];

/** Node's own pipes are sockets, which a command cannot open as `/dev/stdout`; this one is a pipe. */
const STARTER = 'bwrap "$@" | cat';
/** The starter ends with this process, however that ends; bwrap ends with the starter, and everything in it with bwrap. */
const END_WITH_PARENT = ["--pdeathsig", "KILL", "--"];

/** What one sandbox gave. */
export interface SandboxRun {
  output: { output: string; elided_chars: number };
  stopped: "time" | "memory" | "output" | "aborted" | null;
  /** False = the sandbox could not be set up. */
  ready: boolean;
  /** null = not told: the command ended its own shell. */
  exit_code: number | null;
  /** The scratch area as the command left it, not to be trusted; null = too large. */
  tar: Uint8Array | null;
  /** What bubblewrap itself complained of. */
  errors: string;
}

/** Starts `bwrap` with these arguments and `start` on its stdin, and waits until everything in it has ended. */
export async function runBubblewrap(
  args: readonly string[],
  start: Uint8Array,
  limits: ShellLimits,
  signal: AbortSignal | undefined,
): Promise<SandboxRun> {
  const { execa } = await import("execa");
  const nothing = fs.openSync("/dev/null", "r");
  const child = execa("setpriv", [...END_WITH_PARENT, "/bin/sh", "-c", STARTER, "sh", ...args], {
    stdio: [start, "pipe", "pipe", "pipe", ...instead(inheritedDescriptors(), nothing)],
    buffer: false,
    reject: false,
    env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
    extendEnv: false,
    killSignal: "SIGKILL",
  });
  fs.closeSync(nothing);
  let stopped: SandboxRun["stopped"] = null;
  const stop = (reason: NonNullable<SandboxRun["stopped"]>): void => {
    stopped ??= reason;
    child.kill("SIGKILL");
  };
  const abort = (): void => stop("aborted");
  const output = new CutOutput(limits.output_chars);
  const errors = new CutOutput(ERROR_CHARS);
  const control = new Control((limits.scratch_mb + TAR_EXTRA_MB) * MB);
  onText(child.stdout, output, () => stop("output"));
  onText(child.stderr, errors, () => {});
  child.stdio[3].on("data", (bytes: Buffer) => {
    if (!control.push(bytes)) child.kill("SIGKILL");
  });
  const timer = setTimeout(() => stop("time"), limits.seconds * 1000);
  const unwatch =
    child.pid === undefined
      ? () => {}
      : watchProcesses(child.pid, limits.memory_mb, WRITABLE, () => stop("memory"));
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    await child;
    if (child.pid === undefined) errors.push("setpriv of util-linux cannot be started");
  } finally {
    clearTimeout(timer);
    unwatch();
    signal?.removeEventListener("abort", abort);
  }
  return { output: output.result(), stopped, ...control.result(), errors: errors.result().output };
}

/** The types of execa name no others, though it takes them all. */
type SomeDescriptor = 3;

/** What takes the places of these descriptors in the child, from the first one behind our own. */
function instead(descriptors: readonly number[], nothing: number): ("ignore" | SomeDescriptor)[] {
  const last = Math.max(0, ...descriptors);
  const places = Array.from({ length: Math.max(0, last - CONTROL) }, (_, index) => CONTROL + 1 + index);
  return places.map((place) => (descriptors.includes(place) ? (nothing as SomeDescriptor) : "ignore"));
}

function onText(stream: Readable, into: CutOutput, flooded: () => void): void {
  const decoder = new StringDecoder("utf8");
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > FLOOD_BYTES) flooded();
    else into.push(decoder.write(chunk));
  });
  stream.on("end", () => into.push(decoder.end()));
}

/** What comes on descriptor 3: `ready`, `exit <code>`, and a tar. */
class Control {
  readonly #maxBytes: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** False = it is too much. */
  push(chunk: Buffer): boolean {
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#maxBytes) this.#chunks.push(chunk);
    return this.#bytes <= this.#maxBytes;
  }

  result(): Pick<SandboxRun, "ready" | "exit_code" | "tar"> {
    const all = Buffer.concat(this.#chunks);
    const [, ready, code] =
      /^(ready\n)?(?:exit (\d{1,3})\n)?/.exec(all.subarray(0, 32).toString("latin1")) ?? [];
    const head = (ready?.length ?? 0) + (code === undefined ? 0 : `exit ${code}\n`.length);
    return {
      ready: ready !== undefined,
      exit_code: code === undefined ? null : Number(code),
      tar: this.#bytes > this.#maxBytes ? null : all.subarray(head),
    };
  }
}

import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { CutOutput, FLOOD_BYTES } from "./cut-output.ts";
import { watchProcesses } from "./process-watch.ts";
import type { ShellLimits } from "./shell.ts";

const MB = 1024 * 1024;
/** What a tar takes beyond the content of its files. */
const TAR_EXTRA_MB = 2;
const ERROR_CHARS = 2000;
/** Where the sandbox can make files. */
const WRITABLE = ["/scratch", "/tmp", "/opt/codetracer"];

/** Node's own pipes are sockets, which a command cannot open as `/dev/stdout`; this one is a pipe. */
const STARTER = 'bwrap "$@" | cat';

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
  const child = execa("/bin/sh", ["-c", STARTER, "sh", ...args], {
    stdio: [start, "pipe", "pipe", "pipe"],
    buffer: false,
    reject: false,
    env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
    extendEnv: false,
    killSignal: "SIGKILL",
  });
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
    if (child.pid === undefined) errors.push("/bin/sh cannot be started");
  } finally {
    clearTimeout(timer);
    unwatch();
    signal?.removeEventListener("abort", abort);
  }
  return { output: output.result(), stopped, ...control.result(), errors: errors.result().output };
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

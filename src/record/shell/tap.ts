import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isatty } from "node:tty";

const QUIET_MS = 100;
const LOOK_MS = 10;
/** Of longer outputs the middle is left out. */
const MAX_BYTES = 8 << 20;

/** What came through a tap. */
export interface Tapped {
  text: string;
  left_out_bytes: number;
  /** Somebody still holds it open. */
  still_open: boolean;
}

/**
 * A pipe into which a command writes, that copies at once to one of this process's own outputs and to a file without a name. A process
 * of its own does it: what a command leaves running can go on writing when the command, and this process, have ended. It is a
 * real pipe, which a command can open again as `/dev/stdout`; those that Node makes are sockets.
 */
export class Tap {
  readonly #copier: ChildProcess;
  readonly #spool: number;
  readonly #ended: Promise<unknown>;
  #input: number;
  #hasEnded = false;

  /** `pipe`: a named pipe, `spool`: a file to be made, `output`: 1 or 2. Throws where the system lacks tee. */
  constructor(pipe: string, spool: string, output: number) {
    this.#spool = fs.openSync(spool, "wx+", 0o600);
    // Opened for both first, since opening for one waits for the other.
    const both = fs.openSync(pipe, fs.constants.O_RDWR);
    const end = fs.openSync(pipe, fs.constants.O_RDONLY);
    this.#input = fs.openSync(pipe, fs.constants.O_WRONLY);
    // Of a group of its own: it must see the end of what a killed group wrote.
    const stdio = [end, output, "ignore" as const, this.#spool];
    this.#copier = spawn("tee", ["-a", "/dev/fd/3"], { detached: true, stdio });
    fs.closeSync(both);
    fs.closeSync(end);
    this.#ended = new Promise((resolve) => {
      this.#copier.once("exit", resolve);
      this.#copier.once("error", resolve);
    }).then(() => {
      this.#hasEnded = true;
    });
    if (this.#copier.pid === undefined) throw new Error("tee cannot be started: outputs are not recorded");
  }

  /** The descriptor of the file that is copied to. */
  get spool(): number {
    return this.#spool;
  }

  /** The descriptor that the command is to write to. */
  get input(): number {
    return this.#input;
  }

  /** Closes this process's end, when the command has its own. */
  release(): void {
    fs.closeSync(this.#input);
    this.#input = -1;
  }

  /** Waits until all is copied, or nothing more comes while somebody still holds the pipe open. */
  async drained(): Promise<Tapped> {
    await Promise.race([this.#ended, quiet(this.#spool)]);
    this.#copier.unref();
    return { ...readSpool(this.#spool), still_open: !this.#hasEnded };
  }
}

/** The taps of standard output and error: one for both where they are the same file, null for a terminal. */
export interface Taps {
  out: Tap | null;
  err: Tap | null;
}

/** Opens a tap for each output that is no terminal. Throws where the system lacks mkfifo or tee. */
export function openTaps(): Taps {
  const [out, err] = [fs.fstatSync(1), fs.fstatSync(2)];
  const isSame = out.dev === err.dev && out.ino === err.ino;
  const outputs = [1, 2].filter((output) => !isatty(output) && !(isSame && output === 2));
  if (outputs.length === 0) return { out: null, err: null };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "codetracer-tap-"));
  try {
    const pipe = (output: number): string => path.join(folder, `pipe-${output}`);
    execFileSync("mkfifo", ["-m", "600", ...outputs.map(pipe)]);
    const open = (output: number): Tap | null =>
      outputs.includes(output) ? new Tap(pipe(output), `${pipe(output)}-spool`, output) : null;
    const first = open(1);
    return { out: first, err: isSame ? first : open(2) };
  } finally {
    // What is open stays, without a name.
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Each tap once, in order. */
export function eachTap({ out, err }: Taps): Tap[] {
  return [...new Set([out, err])].filter((tap) => tap !== null);
}

/** Waits until a file has not grown for a moment. */
export async function quiet(descriptor: number): Promise<void> {
  let size = -1;
  for (let quiet_ms = 0; quiet_ms < QUIET_MS; quiet_ms += LOOK_MS) {
    const now = fs.fstatSync(descriptor).size;
    if (now !== size) quiet_ms = 0;
    size = now;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** What a spool holds; of more than 8 MiB the beginning and the end. */
export function readSpool(descriptor: number): { text: string; left_out_bytes: number } {
  const size = fs.fstatSync(descriptor).size;
  if (size <= MAX_BYTES) return { text: readAt(descriptor, 0, size).toString("utf8"), left_out_bytes: 0 };
  const half = MAX_BYTES / 2;
  const left_out_bytes = size - 2 * half;
  const head = readAt(descriptor, 0, half).toString("utf8");
  const tail = readAt(descriptor, size - half, half).toString("utf8");
  return { text: `${head}\n[… ${left_out_bytes} bytes left out …]\n${tail}`, left_out_bytes };
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const count = fs.readSync(descriptor, bytes, read, length - read, position + read);
    if (count === 0) break;
    read += count;
  }
  return bytes.subarray(0, read);
}

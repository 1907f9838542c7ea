import { fileURLToPath } from "node:url";
import { type IPty, spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

const BUILT = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
/** Far more than any screen takes; only a failing test waits as long. */
const LIMIT_MS = 40_000;

/** How a program in a terminal is started. */
export interface SessionOptions {
  cwd: string;
  columns: number;
  rows: number;
  env?: Record<string, string>;
}

/** What a program may leave changed in a terminal. */
export interface Left {
  buffer: "normal" | "alternate";
  wraps: boolean;
  cursor: "shown" | "hidden";
}

/** A terminal as it was before a program was started in it. */
export const AS_BEFORE: Left = { buffer: "normal", wraps: true, cursor: "shown" };

/** A program in a real pseudo-terminal with an emulator behind it that keeps the screen. */
export class PtySession {
  readonly terminal: InstanceType<typeof xterm.Terminal>;
  readonly pty: IPty;
  readonly #exit: Promise<{ exitCode: number; signal?: number | undefined }>;
  /** Everything that the program wrote. */
  written = "";
  readonly #waiting = new Set<() => void>();

  constructor(file: string, args: readonly string[], { cwd, columns, rows, env }: SessionOptions) {
    this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.pty = spawn(file, [...args], {
      cols: columns,
      rows,
      cwd,
      env: { PATH: process.env.PATH ?? "", HOME: cwd, TERM: "xterm", ...env },
    });
    this.pty.onData((data) => {
      this.written += data;
      this.terminal.write(data, () => {
        for (const look of this.#waiting) look();
      });
    });
    this.#exit = new Promise((resolve) => this.pty.onExit(resolve));
  }

  /** The screen as lines of text. */
  lines(): string[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, index) =>
      (
        active.getLine(active.viewportY + index)?.translateToString(true, 0, this.terminal.cols) ?? ""
      ).trimEnd(),
    );
  }

  /** Waits until the screen is so; false where it never gets so. */
  until(isSo: (lines: readonly string[]) => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isReached: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(isReached);
      };
      const look = (): void => {
        if (isSo(this.lines())) end(true);
      };
      const timer = setTimeout(() => end(false), LIMIT_MS);
      this.#waiting.add(look);
      look();
    });
  }

  /** The screen once it is the expected one, else as it is after a long while. */
  async screen(expected: readonly string[]): Promise<string[]> {
    await this.until((lines) => lines.join("\n") === expected.join("\n"));
    return this.lines();
  }

  /** How the program ended, and how it left the terminal. */
  async ended(): Promise<Left & { exitCode: number; signal: number }> {
    const { exitCode, signal } = await this.#exit;
    return { exitCode, signal: signal ?? 0, ...(await this.left()) };
  }

  /** How the terminal is, once all that was written is seen. */
  async left(): Promise<Left> {
    await new Promise<void>((resolve) => this.terminal.write("", resolve));
    return {
      buffer: this.terminal.buffer.active.type,
      wraps: this.terminal.modes.wraparoundMode,
      cursor: this.written.match(/\u001b\[\?25[hl]/g)?.at(-1) === "\u001b[?25l" ? "hidden" : "shown",
    };
  }

  /** Presses keys, as bytes. */
  press(bytes: string): void {
    this.pty.write(bytes);
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    this.pty.resize(columns, rows);
  }
}

/** The built command in a pseudo-terminal. */
export function walkSession(args: readonly string[], options: SessionOptions): PtySession {
  return new PtySession(process.execPath, [BUILT, "walk", ...args], options);
}

/** The built command as a line for a shell. */
export function walkCommand(args: readonly string[]): string {
  return [process.execPath, BUILT, "walk", ...args].join(" ");
}

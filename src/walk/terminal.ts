import { ENTER, LEAVE } from "./paint.ts";

/** Signals and ends of a process that a terminal must be given back before. */
export type ProcessEvent =
  | "SIGTERM"
  | "SIGHUP"
  | "SIGQUIT"
  | "SIGTSTP"
  | "SIGCONT"
  | "exit"
  | "uncaughtExceptionMonitor";

/** Where keys come from. `setRawMode` is there where it is a terminal. */
export type KeyInput = NodeJS.ReadableStream & { isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };

/** A terminal, and what its process is told. */
export interface Terminal {
  input: KeyInput;
  /** `resize` is emitted when the size has changed. */
  output: NodeJS.WritableStream & { columns?: number; rows?: number };
  /** Calls the listener on every such event until the returned function is called. */
  on(event: ProcessEvent, listener: () => void): () => void;
  /** Sends a signal to the own process; SIGTSTP to all of its group, as the terminal does. */
  raise(signal: "SIGTERM" | "SIGHUP" | "SIGQUIT" | "SIGTSTP"): void;
  /** Aborted when the user interrupts. */
  signal: AbortSignal;
}

const ENDINGS = ["SIGTERM", "SIGHUP", "SIGQUIT"] as const;
/** As long as this after a stop was asked for the process still runs: there is no shell that stops it. */
const STOP_MS = 100;

/**
 * Takes a terminal over and gives it back, whatever happens: signals, an exception, a stop and its end. `onBack` is called when
 * what is on the screen is no longer known.
 */
export class Takeover {
  readonly #terminal: Terminal;
  readonly #onBack: () => void;
  readonly #off: (() => void)[] = [];
  #offStop: (() => void) | null = null;
  #isTaken = false;
  #stopping: NodeJS.Timeout | undefined;

  constructor(terminal: Terminal, onBack: () => void) {
    this.#terminal = terminal;
    this.#onBack = onBack;
    for (const signal of ENDINGS) this.#off.push(terminal.on(signal, () => this.#endBy(signal)));
    for (const event of ["exit", "uncaughtExceptionMonitor"] as const)
      this.#off.push(terminal.on(event, () => this.#giveBack()));
    this.#off.push(terminal.on("SIGCONT", () => this.#resume()));
    this.#take();
  }

  /** To the shell until it brings the process back. */
  suspend(): void {
    this.#giveBack();
    this.#terminal.raise("SIGTSTP");
    this.#stopping = setTimeout(() => {
      if (!this.#isTaken) this.#resume();
    }, STOP_MS);
  }

  /** Gives the terminal back for good. */
  end(): void {
    clearTimeout(this.#stopping);
    this.#giveBack();
    for (const off of this.#off.splice(0)) off();
  }

  #resume(): void {
    // A shell, or whoever had the terminal meanwhile, may have left it in any mode.
    this.#giveBack();
    this.#take();
    this.#onBack();
  }

  #endBy(signal: (typeof ENDINGS)[number]): void {
    this.end();
    this.#terminal.raise(signal);
  }

  #take(): void {
    const { input, output } = this.#terminal;
    input.setRawMode?.(true);
    input.resume();
    output.write(ENTER);
    this.#isTaken = true;
    this.#offStop ??= this.#terminal.on("SIGTSTP", () => this.suspend());
  }

  #giveBack(): void {
    this.#offStop?.();
    this.#offStop = null;
    if (!this.#isTaken) return;
    this.#isTaken = false;
    const { input, output } = this.#terminal;
    output.write(LEAVE);
    input.setRawMode?.(false);
    input.pause();
  }
}

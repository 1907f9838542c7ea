import { StringDecoder } from "node:string_decoder";
import type { Book } from "./book.ts";
import { decodeKeys, type Key } from "./keys.ts";
import { type Painted, paint } from "./paint.ts";
import { press } from "./press.ts";
import { bodySize, renderScreen } from "./screen.ts";
import { type Size, startState, type WalkState } from "./state.ts";
import { Takeover, type Terminal } from "./terminal.ts";

/** `step_id`: where the walk begins. */
export interface WalkOptions {
  step_id: number;
  color: boolean;
}

/** The rest of a key's sequence comes at once, or it was the escape key. */
const ESCAPE_MS = 60;

/**
 * Walks through a run in a terminal until the user quits, its keys end or it is interrupted. The terminal is given back
 * however that comes about; where a signal ends the process, the promise stays open.
 */
export function runWalk(
  book: Book,
  terminal: Terminal,
  options: WalkOptions,
): Promise<"done" | "interrupted"> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      session.close();
      settle();
    };
    const session = new Session(book, terminal, options, {
      ended: (how) => end(() => resolve(how)),
      failed: (error) => end(() => reject(error)),
    });
    session.open();
  });
}

interface Ends {
  ended(how: "done" | "interrupted"): void;
  failed(error: unknown): void;
}

class Session {
  readonly #book: Book;
  readonly #terminal: Terminal;
  readonly #color: boolean;
  readonly #ends: Ends;
  readonly #decoder = new StringDecoder("utf8");
  #state: WalkState;
  #painted: Painted = [];
  #begun = "";
  #escape: NodeJS.Timeout | undefined;
  #takeover: Takeover | undefined;

  constructor(book: Book, terminal: Terminal, options: WalkOptions, ends: Ends) {
    this.#book = book;
    this.#terminal = terminal;
    this.#color = options.color;
    this.#ends = ends;
    this.#state = startState(options.step_id);
  }

  open(): void {
    const { input, output, signal } = this.#terminal;
    input.on("data", this.#onData);
    input.on("end", this.#onEnd);
    input.on("error", this.#onEnd);
    output.on("resize", this.#onBack);
    signal.addEventListener("abort", this.#onAbort);
    this.#takeover = new Takeover(this.#terminal, this.#onBack);
    this.#guarded(() => this.#draw());
    if (signal.aborted) this.#onAbort();
  }

  close(): void {
    const { input, output, signal } = this.#terminal;
    clearTimeout(this.#escape);
    input.off("data", this.#onData);
    input.off("end", this.#onEnd);
    input.off("error", this.#onEnd);
    output.off("resize", this.#onBack);
    signal.removeEventListener("abort", this.#onAbort);
    this.#takeover?.end();
  }

  readonly #onEnd = (): void => this.#ends.ended("done");
  readonly #onAbort = (): void => this.#ends.ended("interrupted");

  readonly #onBack = (): void => {
    this.#painted = [];
    this.#guarded(() => this.#draw());
  };

  readonly #onData = (data: Buffer | string): void => {
    clearTimeout(this.#escape);
    const sent = typeof data === "string" ? data : this.#decoder.write(data);
    const { keys, begun } = decodeKeys(this.#begun + sent);
    this.#begun = begun;
    if (begun !== "") this.#escape = setTimeout(this.#onEscape, ESCAPE_MS);
    this.#press(keys);
  };

  readonly #onEscape = (): void => {
    this.#begun = "";
    this.#press(["escape"]);
  };

  #press(keys: readonly Key[]): void {
    this.#guarded(() => {
      for (const key of keys) {
        if (key === "ctrl-z") return this.#takeover?.suspend();
        if (key === "ctrl-l") this.#painted = [];
        const body = bodySize(this.#book, this.#state, this.#size());
        this.#state = press(this.#state, key, { book: this.#book, body });
        if (this.#state.ended !== null) return this.#ends.ended(this.#state.ended);
      }
      if (keys.length > 0) this.#draw();
    });
  }

  #draw(): void {
    const size = this.#size();
    const screen = renderScreen(this.#book, this.#state, size);
    const { text, painted } = paint(screen, this.#painted, this.#color);
    this.#painted = painted;
    this.#terminal.output.write(text);
  }

  /** A failure must not leave the terminal taken. */
  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#ends.failed(error);
    }
  }

  #size(): Size {
    const { columns, rows } = this.#terminal.output;
    return { columns: Math.max(columns ?? 80, 10), rows: Math.max(rows ?? 24, 3) };
  }
}

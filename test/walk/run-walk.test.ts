import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { ENTER, LEAVE } from "../../src/walk/paint.ts";
import { runWalk } from "../../src/walk/run-walk.ts";
import type { ProcessEvent, Terminal } from "../../src/walk/terminal.ts";
import { madeBook } from "./made-run.ts";

/** A terminal of which everything is remembered. */
function terminal() {
  const input = Object.assign(new PassThrough(), { setRawMode: (isRaw: boolean) => modes.push(isRaw) });
  const output = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  const modes: boolean[] = [];
  const raised: string[] = [];
  const listeners = new Map<ProcessEvent, Set<() => void>>();
  const abort = new AbortController();
  const made: Terminal = {
    input,
    output,
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    raise: (signal) => raised.push(signal),
    signal: abort.signal,
  };
  let written = "";
  output.setEncoding("utf8").on("data", (text) => {
    written += text;
  });
  return {
    terminal: made,
    input,
    output,
    modes,
    raised,
    abort,
    written: () => written,
    emit: (event: ProcessEvent) => {
      for (const listener of listeners.get(event) ?? []) listener();
    },
    listening: () => [...listeners].filter(([, set]) => set.size > 0).map(([event]) => event),
  };
}

const OPTIONS = { step_id: 1, color: false };

it("takes the terminal, draws, and gives it back when the user quits", async () => {
  const made = terminal();
  const ended = runWalk(madeBook(), made.terminal, OPTIONS);
  expect(made.written().startsWith(ENTER)).toBe(true);
  expect(made.modes).toEqual([true]);
  made.input.write("q");
  expect(await ended).toBe("done");
  expect(made.written().endsWith(LEAVE)).toBe(true);
  expect(made.modes).toEqual([true, false]);
  expect(made.listening()).toEqual([]);
});

it("ends when the user interrupts, by key or by signal, and when no keys can come any more", async () => {
  const byKey = terminal();
  const first = runWalk(madeBook(), byKey.terminal, OPTIONS);
  byKey.input.write("\u0003");
  expect(await first).toBe("interrupted");
  const bySignal = terminal();
  const second = runWalk(madeBook(), bySignal.terminal, OPTIONS);
  bySignal.abort.abort();
  expect(await second).toBe("interrupted");
  const closed = terminal();
  const third = runWalk(madeBook(), closed.terminal, OPTIONS);
  closed.input.end();
  expect(await third).toBe("done");
  for (const { written, modes, listening } of [byKey, bySignal, closed]) {
    expect(written().endsWith(LEAVE)).toBe(true);
    expect(modes.at(-1)).toBe(false);
    expect(listening()).toEqual([]);
  }
});

it.each(["SIGTERM", "SIGHUP", "SIGQUIT"] as const)(
  "gives the terminal back before %s ends the process",
  (signal) => {
    const made = terminal();
    void runWalk(madeBook(), made.terminal, OPTIONS);
    made.emit(signal);
    expect(made.written().endsWith(LEAVE)).toBe(true);
    expect(made.modes).toEqual([true, false]);
    expect(made.raised).toEqual([signal]);
    expect(made.listening()).toEqual([]);
  },
);

it.each(["exit", "uncaughtExceptionMonitor"] as const)("gives the terminal back on %s", (event) => {
  const made = terminal();
  void runWalk(madeBook(), made.terminal, OPTIONS);
  made.emit(event);
  expect(made.written().endsWith(LEAVE)).toBe(true);
  expect(made.modes).toEqual([true, false]);
});

it("gives the terminal back and fails where drawing fails", async () => {
  const made = terminal();
  const book = madeBook();
  book.labels = () => {
    throw new Error("broken");
  };
  await expect(runWalk(book, made.terminal, OPTIONS)).rejects.toThrow("broken");
  expect(made.written()).toBe(`${ENTER}${LEAVE}`);
  expect(made.modes).toEqual([true, false]);
});

it("stops as a shell wants it and draws everything again when it goes on", () => {
  const made = terminal();
  void runWalk(madeBook(), made.terminal, OPTIONS);
  const drawn = made.written();
  made.emit("SIGTSTP");
  expect(made.written()).toBe(`${drawn}${LEAVE}`);
  expect(made.raised).toEqual(["SIGTSTP"]);
  expect(made.listening()).not.toContain("SIGTSTP");
  made.emit("SIGCONT");
  expect(made.written()).toBe(`${drawn}${LEAVE}${drawn}`);
  expect(made.modes).toEqual([true, false, true]);
  expect(made.listening()).toContain("SIGTSTP");
  made.input.write("q");
});

import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { type Io, outputWidth, useColor } from "../../src/cli/io.ts";
import { Progress } from "../../src/cli/progress.ts";
import { noTerminal } from "../support/no-terminal.ts";

class Sink extends Writable {
  text = "";
  isTTY: boolean;
  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

function io(isTTY: boolean, clock: { ms: number }, env: Record<string, string> = {}): Io & { stderr: Sink } {
  const stderr = new Sink(isTTY);
  return {
    ...noTerminal(),
    stdout: new Sink(isTTY),
    stderr,
    env,
    cwd: "/",
    now: () => clock.ms,
    signal: new AbortController().signal,
  };
}

it("rewrites one line on a terminal, ten times a second at most, and clears it", () => {
  const clock = { ms: 0 };
  const terminal = io(true, clock);
  const progress = new Progress(terminal);
  for (clock.ms = 50; clock.ms <= 400; clock.ms += 50) progress.update(clock.ms / 50, 10, 0);
  progress.end();
  const clear = "\r\u001b[K";
  expect(terminal.stderr.text.split(clear).slice(1)).toEqual([
    "2 of 10 runs, about 1 s left",
    "4 of 10 runs, about 1 s left",
    "6 of 10 runs, about 1 s left",
    "8 of 10 runs, about 1 s left",
    "",
  ]);
});

it("writes a plain line every five seconds elsewhere, with what failed and how long the rest will take", () => {
  const clock = { ms: 0 };
  const log = io(false, clock);
  const progress = new Progress(log);
  for (const [ms, done] of [
    [1000, 1],
    [5000, 5],
    [6000, 6],
    [10_000, 50],
  ] as const) {
    clock.ms = ms;
    progress.update(done, 1000, 2);
  }
  clock.ms = 300_000;
  progress.update(500, 1000, 2);
  progress.end();
  expect(log.stderr.text).toBe(
    "5 of 1000 runs, 2 not readable\n50 of 1000 runs, 2 not readable\n500 of 1000 runs, 2 not readable, about 5 min left\n",
  );
});

it.each<[Record<string, string>, boolean, boolean | undefined, boolean]>([
  [{}, true, undefined, true],
  [{}, false, undefined, false],
  [{ TERM: "dumb" }, true, undefined, false],
  [{ NO_COLOR: "1" }, true, undefined, false],
  [{ NO_COLOR: "" }, true, undefined, true],
  [{ FORCE_COLOR: "1" }, false, undefined, true],
  [{ FORCE_COLOR: "0" }, false, undefined, false],
  [{ NO_COLOR: "1" }, false, true, true],
  [{ FORCE_COLOR: "1" }, true, false, false],
])("colours by %j on a terminal: %s, flag %s", (env, isTTY, flag, expected) => {
  expect(useColor(io(isTTY, { ms: 0 }, env), { isTTY }, flag)).toBe(expected);
});

it.each([
  [{ COLUMNS: "80" }, 80],
  [{ COLUMNS: "400" }, 160],
  [{ COLUMNS: "10" }, 100],
  [{}, 100],
])("prints %j in %i columns", (env, width) => {
  expect(outputWidth(io(false, { ms: 0 }, env))).toBe(width);
});

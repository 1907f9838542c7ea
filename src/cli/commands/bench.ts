import fs from "node:fs";
import path from "node:path";
import { printable } from "../../report/printable.ts";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { dollars, wholeNumber } from "../numbers.ts";
import { Progress } from "../progress.ts";
import { modelTracers, type TracerFlags } from "../tracer-flags.ts";
import { outFolder } from "./out-folder.ts";

/** Flags of `bench`. */
export interface BenchFlags extends TracerFlags {
  method: string;
  rows?: string[];
  split: "verified" | "full";
  compare?: string;
  out?: string;
  repetitions: string;
  concurrency: string;
  limit?: string;
  seed?: string;
  maxCost?: string;
  estimate?: boolean;
  calibrate?: string;
  fresh?: boolean;
  json?: boolean;
  markdown?: string;
  html?: string;
  quiet?: boolean;
  color?: boolean;
}

type Harness = typeof import("../../../bench/codetracebench/index.ts");
type Result = Awaited<ReturnType<Harness["runBench"]>>;
type Options = Parameters<Harness["runBench"]>[0];
type Methods = ReturnType<Harness["methodsNamed"]>;

const DEFAULT_OUT = "codetracer-bench";

/** `codetracer bench`: predictions for the rows of CodeTraceBench, and what they score. */
export async function bench(data: string | undefined, flags: BenchFlags, io: Io): Promise<ExitCode> {
  const started = io.now();
  const harness = await import("../../../bench/codetracebench/index.ts");
  const chosen = data ?? harness.DEFAULT_DATA;
  const names = flags.method.split(",").map((name) => name.trim());
  const settings = settingsOf(chosen, flags, io);
  const methods = harness.methodsNamed(
    names,
    harness.asksModel(names) ? await modelTracers(flags, io, memoryBeside(settings.ledger, flags)) : null,
  );
  const seed = flags.seed === undefined ? null : wholeNumber("--seed", flags.seed, { least: 0 });
  const compare = flags.compare === undefined ? null : pairOf(flags.compare);
  const loaded = await harness.loadRows(chosen, {
    split: flags.split,
    env: io.env,
    cwd: io.cwd,
    filters: harness.parseFilters(flags.rows ?? [], io.cwd),
    limit: flags.limit === undefined ? null : wholeNumber("--limit", flags.limit),
    seed,
  });
  const options: Options = { ...settings, rows: loaded.rows, source: loaded.source };
  if (flags.estimate) return await estimate(harness, options, methods, flags, io);
  const result = await run(harness, options, methods, flags, io);
  if (io.signal.aborted) return interrupted(result, io);
  const report = harness.scoreBench(result, { seed: seed ?? 0, compare, refusals: loaded.refusals });
  if (flags.json) io.stdout.write(harness.renderJson(report));
  else {
    const style = { color: useColor(io, io.stdout, flags.color), width: outputWidth(io) };
    io.stdout.write(harness.renderTerminal(report, style));
  }
  const seconds = (io.now() - started) / 1000;
  if (flags.markdown !== undefined) write(flags.markdown, harness.renderMarkdown(report), io);
  if (flags.html !== undefined)
    write(flags.html, harness.renderHtml(report, await harness.rowDetails(result, loaded.source)), io);
  if (flags.calibrate !== undefined) calibrate(harness, result, methods, flags.calibrate, io);
  return closing(result, seconds, settings.concurrency, io);
}

/** A benchmark has a memory of its own: what its rows showed is nothing for the user's runs, and theirs nothing for its figures. */
function memoryBeside(ledger: string, { fresh, estimate, memory }: BenchFlags): string | null {
  if (memory !== true) return null;
  const folder = path.join(path.dirname(ledger), "memory");
  if (fresh === true && estimate !== true) fs.rmSync(folder, { recursive: true, force: true });
  return folder;
}

function calibrate(harness: Harness, result: Result, methods: Methods, name: string, io: Io): void {
  const date = new Date(io.now()).toISOString().slice(0, 10);
  const calibration = harness.calibrateBench(result, methods, date);
  const file = path.resolve(io.cwd, name);
  harness.writeCalibration(file, calibration);
  const { threshold, nested, in_sample } = calibration;
  const figures = ({ positive_macro, micro }: typeof nested): string =>
    `macro ${positive_macro.toFixed(3)}, micro ${micro.toFixed(3)}`;
  io.stderr.write(
    `threshold ${threshold}: ${figures(nested)} on tasks left out (${figures(in_sample)} on the rows it was chosen on); written to ${name}, for --calibration ${name}\n`,
  );
}

function settingsOf(data: string, flags: BenchFlags, io: Io): Omit<Options, "rows" | "source"> {
  const targets = data.startsWith("hf://") ? [] : [path.resolve(io.cwd, data)];
  const folder = outFolder(flags.out ?? DEFAULT_OUT, targets, io) ?? DEFAULT_OUT;
  return {
    ledger: path.join(folder, "ledger.jsonl"),
    fresh: flags.fresh === true,
    repetitions: wholeNumber("--repetitions", flags.repetitions),
    concurrency: wholeNumber("--concurrency", flags.concurrency),
    max_cost_usd: flags.maxCost === undefined ? null : dollars("--max-cost", flags.maxCost),
  };
}

async function run(
  harness: Harness,
  options: Options,
  methods: Methods,
  flags: BenchFlags,
  io: Io,
): Promise<Result> {
  const progress = new Progress(io);
  const result = await harness.runBench(options, {
    methods,
    signal: io.signal,
    onProgress: ({ done, total }) => {
      if (!flags.quiet) progress.update(done, total, 0);
    },
  });
  progress.end();
  return result;
}

async function estimate(
  harness: Harness,
  options: Options,
  methods: Methods,
  flags: BenchFlags,
  io: Io,
): Promise<ExitCode> {
  const estimated = await harness.estimateBench(options, { methods, signal: io.signal });
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(estimated, null, 2)}\n`);
    return 0;
  }
  for (const one of estimated.methods) {
    const price = one.cost_usd === null ? "price unknown" : `$${one.cost_usd.toFixed(2)}`;
    io.stdout.write(
      `${one.method}: ${one.predictions} predictions to make, about ${one.calls} calls, ${one.input_tokens} input and ${one.output_tokens} output tokens, ${price}\n`,
    );
  }
  for (const { traj_id, reason, detail } of estimated.refusals)
    io.stdout.write(`${printable(`refused ${traj_id}: ${reason}: ${detail}`)}\n`);
  return 0;
}

function interrupted(result: Result, io: Io): ExitCode {
  io.stderr.write(
    `interrupted with ${result.predictions.length} predictions made and ${result.not_begun} to go; the same command goes on from there\n`,
  );
  return 130;
}

/** Says on stderr what was not done, so that no table stands without it, and what it took. */
function closing(result: Result, seconds: number, concurrency: number, io: Io): ExitCode {
  const { failures, not_begun, kept, rows, complete_rows } = result;
  for (const { traj_id, method, detail } of failures)
    io.stderr.write(`${printable(`no prediction of ${method} for ${traj_id}: ${detail}`)}\n`);
  if (not_begun > 0) {
    io.stderr.write(
      `--max-cost was reached: ${not_begun} predictions were not begun and ${rows.length - complete_rows.length} of ${rows.length} rows are not scored; raise it and the same command goes on\n`,
    );
  }
  // Kept predictions need no extraction, and rows side by side no time of their own.
  if (kept === 0 && concurrency === 1 && result.seconds.extract > 0) {
    const ratio = (seconds / result.seconds.extract).toFixed(2);
    io.stderr.write(
      `${seconds.toFixed(1)} s from archives to table, ${ratio} times the time of extraction alone\n`,
    );
  }
  return failures.length + not_begun > 0 ? 1 : 0;
}

function write(name: string, text: string, io: Io): void {
  const file = path.resolve(io.cwd, name);
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new CodeTracerError(
      "bad_argument",
      `${file}: cannot be written (${messageOf(error)}); give another file`,
    );
  }
}

function pairOf(text: string): [string, string] {
  const [a = "", b = "", ...others] = text.split(",").map((name) => name.trim());
  if (a !== "" && b !== "" && others.length === 0) return [a, b];
  throw new CodeTracerError("bad_argument", `--compare takes two names such as rules,last, not ${text}`);
}

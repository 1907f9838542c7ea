import path from "node:path";
import { printable } from "../../report/printable.ts";
import { plural } from "../../report/words.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { ExitCode, Io } from "../io.ts";
import { fileSink, type LineSink, streamSink } from "../line-sink.ts";
import { share, wholeNumber } from "../numbers.ts";
import { preferenceRows } from "../preference-rows.ts";
import { type LeftOut, type RewardSource, rewardSource } from "../reward-source.ts";

/** Flags of `rewards`. */
export interface RewardsFlags {
  format: "rewards" | "steps" | "kto" | "dpo" | "prm";
  out?: string;
  contextChars: string;
  minReward: string;
  minConfidence: string;
  pairs: string;
  maxLeftOut: string;
}

/** The same, read. */
interface Settings {
  maxChars: number;
  minReward: number;
  minConfidence: number;
  pairs: number;
  maxLeftOut: number;
}

/** `codetracer rewards`: what steps earn, and rows for trainers. */
export async function rewards(target: string, flags: RewardsFlags, io: Io): Promise<ExitCode> {
  const settings: Settings = {
    maxChars: wholeNumber("--context-chars", flags.contextChars, { least: 500 }),
    minReward: share("--min-reward", flags.minReward),
    minConfidence: share("--min-confidence", flags.minConfidence),
    pairs: wholeNumber("--pairs", flags.pairs),
    maxLeftOut: wholeNumber("--max-left-out", flags.maxLeftOut, { least: 0 }),
  };
  const source = await rewardSource(target, io);
  const file = flags.out === undefined ? undefined : path.resolve(io.cwd, flags.out);
  const sink = file === undefined ? streamSink(io.stdout) : fileSink(file);
  let leftOut: LeftOut;
  try {
    leftOut = await writeRows(source, flags.format, settings, sink, io.signal);
  } catch (error) {
    sink.discard();
    throw error;
  }
  if (io.signal.aborted) {
    sink.discard();
    return 130;
  }
  sink.close();
  io.stderr.write(`${printable(summary(sink.lines, source, leftOut, flags.out))}\n`);
  return 0;
}

async function writeRows(
  source: RewardSource,
  format: RewardsFlags["format"],
  settings: Settings,
  sink: LineSink,
  signal: AbortSignal,
): Promise<LeftOut> {
  const leftOut: LeftOut = new Map();
  if (format === "dpo") {
    if (source.kind === "run")
      throw new CodeTracerError(
        "bad_argument",
        "--format dpo takes a fleet's folder: a pair needs two runs of one task; make one with codetracer fleet <runs> -o <folder>",
      );
    for (const row of preferenceRows(source, settings, leftOut)) {
      if (signal.aborted) break;
      await sink.write(row);
    }
    return leftOut;
  }
  const { rowsOf } = await import("../reward-rows.ts");
  for (const run of source.runs()) {
    if (signal.aborted) break;
    const rows = rowsOf(run, format, settings);
    if (typeof rows === "string") count(leftOut, rows);
    else for (const row of rows) await sink.write(row);
  }
  return leftOut;
}

function count(leftOut: LeftOut, reason: string): void {
  leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
}

function summary(lines: number, source: RewardSource, leftOut: LeftOut, out: string | undefined): string {
  const where = out === undefined ? "" : ` to ${out}`;
  const reasons = [...leftOut].map(([reason, times]) => `${reason} (${times})`);
  const left = reasons.length === 0 ? "" : `; left out: ${reasons.join("; ")}`;
  return `${plural(lines, "line")} written${where} from ${plural(source.count, "run")}${left}`;
}

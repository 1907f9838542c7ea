import os from "node:os";
import path from "node:path";
import {
  estimateFleet,
  type FleetEstimate,
  type FleetRequest,
  rootsOf,
  runFleet,
} from "../../fleet/run/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { ExitCode, Io } from "../io.ts";
import { learnedStore } from "../learned-store.ts";
import { memoryOf } from "../memory-flag.ts";
import { wholeNumber } from "../numbers.ts";
import { modelTracerName, modelTracers, type TracerFlags } from "../tracer-flags.ts";
import { fleetJudge, type JudgeFlags } from "./fleet-judge.ts";
import { FleetProgressLine } from "./fleet-progress.ts";
import { printFleet } from "./fleet-show.ts";
import { outFolder } from "./out-folder.ts";

/** Flags of `fleet`. */
export interface FleetFlags extends TracerFlags, JudgeFlags {
  out?: string;
  concurrency?: string;
  force?: boolean;
  redact?: boolean;
  json?: boolean;
  quiet?: boolean;
  color?: boolean;
}

const DEFAULT_FOLDER = "codetracer-fleet";
const JUDGING = "; judging behaviours takes about a call more for each run (--no-judge: none)";

/** `codetracer fleet`: many runs at once. */
export async function fleet(targets: readonly string[], flags: FleetFlags, io: Io): Promise<ExitCode> {
  const roots = rootsOf(targets).map((root) => path.resolve(io.cwd, root));
  const folder = outFolder(flags.out ?? DEFAULT_FOLDER, roots, io) ?? DEFAULT_FOLDER;
  const name = modelTracerName(flags, io);
  const tracer = name === null ? null : (await modelTracers(flags, io))(name);
  const judge = await fleetJudge(folder, flags, io);
  if (flags.redact === false && (tracer !== null || judge !== null)) throw secretsError();
  const progress = new FleetProgressLine(io);
  const force = flags.force === true;
  const request: FleetRequest = {
    targets,
    folder,
    options: {
      redact: flags.redact !== false,
      force,
      learned: learnedStore(io),
      memory: tracer === null ? memoryOf(flags, io) : null,
    },
    threads: threadsOf(flags),
    trace:
      tracer === null
        ? null
        : {
            tracer,
            profile: flags.profile ?? "codetracebench",
            force,
            onTraced: (cost_usd) => judge?.onTraced(cost_usd),
          },
    judge: judge?.judge ?? null,
    signal: io.signal,
    now: io.now,
    onProgress: (done) => {
      if (!flags.quiet) progress.update(done);
    },
  };
  if (flags.estimate && tracer !== null) {
    const estimate = await estimateFleet(request, tracer);
    progress.end();
    if (estimate === null) return interrupted(io);
    return printEstimate(estimate, { name: tracer.name, isJudged: judge !== null }, flags, io);
  }
  const made = await runFleet(request);
  progress.end();
  if (made === null) return interrupted(io);
  printFleet(made, folder, flags, io);
  return made.fleet.counts.runs === 0 ? 2 : 0;
}

function threadsOf(flags: FleetFlags): number {
  if (flags.concurrency === undefined) return Math.max(1, os.availableParallelism());
  return wholeNumber("--concurrency", flags.concurrency, { most: 256 });
}

function interrupted(io: Io): ExitCode {
  io.stderr.write("interrupted; the same command goes on from there\n");
  return 130;
}

function secretsError(): CodeTracerError {
  return new CodeTracerError(
    "bad_argument",
    "--no-redact keeps secrets, which would be sent to the model; leave out one of the two",
  );
}

function printEstimate(
  estimate: FleetEstimate,
  { name, isJudged }: { name: string; isJudged: boolean },
  flags: FleetFlags,
  io: Io,
): ExitCode {
  const { runs, calls, input_tokens, output_tokens, cost_usd } = estimate;
  const price = cost_usd === null ? "price unknown" : `$${cost_usd.toFixed(2)}`;
  io.stdout.write(
    flags.json
      ? `${JSON.stringify(estimate, null, 2)}\n`
      : `${name}: ${runs} runs to trace, about ${calls} calls, ${input_tokens} input and ${output_tokens} output tokens, ${price}${isJudged ? JUDGING : ""}\n`,
  );
  return 0;
}

import path from "node:path";
import {
  compareFleets,
  fleetComparisonMarkdown,
  renderFleetComparison,
  sharedClusters,
} from "../../fleet/comparison/index.ts";
import { readFacts } from "../../fleet/facts/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { wholeNumber } from "../numbers.ts";

/** Flags of `fleet compare`. */
export interface FleetCompareFlags {
  failOn?: "regression";
  resamples: string;
  seed: string;
  clusters: boolean;
  markdown?: boolean;
  json?: boolean;
  color?: boolean;
}

/** More resamples of a thousand tasks do not fit into memory, and tell nothing more. */
const MOST_RESAMPLES = 100_000;

/** `codetracer fleet compare`: two fleets side by side, task by task. */
export function fleetCompare(a: string, b: string, flags: FleetCompareFlags, io: Io): ExitCode {
  const seed = wholeNumber("--seed", flags.seed, { least: 0 });
  const resamples = wholeNumber("--resamples", flags.resamples, { least: 100, most: MOST_RESAMPLES });
  const before = readFacts(path.resolve(io.cwd, a));
  const after = readFacts(path.resolve(io.cwd, b));
  const clusters = flags.clusters ? sharedClusters(before, after, seed) : [];
  const comparison = compareFleets(before, after, { seed, resamples, names: [a, b], clusters });
  if (flags.json) io.stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
  else if (flags.markdown) io.stdout.write(fleetComparisonMarkdown(comparison));
  else {
    const options = { color: useColor(io, io.stdout, flags.color), width: outputWidth(io) };
    io.stdout.write(renderFleetComparison(comparison, options));
  }
  if (flags.failOn === undefined) return 0;
  if (comparison.solved.tasks === 0)
    throw new CodeTracerError(
      "bad_argument",
      "--fail-on regression: no task has runs with known outcomes in both fleets, so nothing can tell a regression; compare fleets made from runs of the same tasks",
    );
  return comparison.regressions.length > 0 ? 1 : 0;
}

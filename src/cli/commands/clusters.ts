import fs from "node:fs";
import path from "node:path";
import { readFacts, readFleet } from "../../fleet/facts/index.ts";
import {
  clusterFailures,
  clustersMarkdown,
  embedFailures,
  type FailureClusters,
  nameByModel,
  renderClusters,
} from "../../fleet/failures/clusters.ts";
import { openModel } from "../../model/index.ts";
import type { RunFacts } from "../../trajectory/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { type ModelFlags, modelOptions, modelSpec } from "../model-flags.ts";
import { wholeNumber } from "../numbers.ts";

/** Flags of `fleet clusters`. */
export interface ClustersFlags extends ModelFlags {
  embeddings?: string;
  names?: boolean;
  seed?: string;
  resamples?: string;
  out?: string;
  markdown?: boolean;
  json?: boolean;
  color?: boolean;
}

/** Where a fleet keeps vectors that were paid for. */
const EMBEDDINGS = "embeddings";

/** `codetracer fleet clusters`: groups the failed runs of a finished fleet anew. The fleet's own files stay as they are. */
export async function clusters(folder: string, flags: ClustersFlags, io: Io): Promise<ExitCode> {
  const place = path.resolve(io.cwd, folder);
  const isRedacted = readFleet(place).settings.redact;
  if (!isRedacted && (flags.embeddings !== undefined || flags.names)) {
    throw new CodeTracerError(
      "bad_argument",
      `${folder} was made with --no-redact: its texts may hold secrets and are sent nowhere; make the fleet again without that flag, or leave out --embeddings and --names`,
    );
  }
  const facts = readFacts(place);
  const embedded =
    flags.embeddings === undefined ? undefined : await embed(facts, flags.embeddings, place, flags, io);
  const made = clusterFailures(facts, {
    ...(embedded === undefined ? {} : { embedded }),
    ...(flags.seed === undefined ? {} : { seed: wholeNumber("--seed", flags.seed, { least: 0 }) }),
    ...(flags.resamples === undefined
      ? {}
      : { resamples: wholeNumber("--resamples", flags.resamples, { least: 0, most: 10_000 }) }),
  });
  const named = flags.names ? await nameThem(made, facts, flags, io) : made;
  const json = `${JSON.stringify(named, null, 2)}\n`;
  if (flags.out !== undefined) writeOut(path.resolve(io.cwd, flags.out), json);
  if (flags.json) io.stdout.write(json);
  else if (flags.markdown) io.stdout.write(clustersMarkdown(named, facts));
  else {
    const options = { color: useColor(io, io.stdout, flags.color), width: outputWidth(io) };
    io.stdout.write(renderClusters(named, facts, options));
  }
  return 0;
}

async function embed(facts: readonly RunFacts[], spec: string, place: string, flags: ModelFlags, io: Io) {
  const { env, timeout_ms, max_retries } = modelOptions(flags, io);
  const cache_folder = path.join(place, EMBEDDINGS);
  return await embedFailures(facts, spec, { env, timeout_ms, max_retries, cache_folder, signal: io.signal });
}

async function nameThem(
  made: FailureClusters,
  facts: readonly RunFacts[],
  flags: ModelFlags,
  io: Io,
): Promise<FailureClusters> {
  const spec = modelSpec(flags, io);
  if (spec === null)
    throw new CodeTracerError("bad_argument", "--names needs a model: give --model or set CODETRACER_MODEL");
  const model = await openModel(spec, modelOptions(flags, io));
  const { clusters: named, warnings } = await nameByModel(made, facts, { model, signal: io.signal });
  for (const warning of warnings) io.stderr.write(`${warning}\n`);
  return named;
}

function writeOut(file: string, json: string): void {
  try {
    fs.writeFileSync(file, json);
  } catch (cause) {
    throw new CodeTracerError(
      "unreadable",
      `${file}: cannot be written; give --out a file in a folder that exists`,
      { path: file, cause },
    );
  }
}

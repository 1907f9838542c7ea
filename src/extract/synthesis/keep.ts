import path from "node:path";
import { openDirectory } from "../../run/disk-run.ts";
import { removeTemporaryFolder, temporaryFolder } from "../../util/temporary-folder.ts";
import { VERSION } from "../../util/version.ts";
import { countMarker } from "../learned/count-marker.ts";
import { learnedExtractor } from "../learned/learned-extractor.ts";
import { type StoredVersion, sourceDigest } from "../learned/read-store.ts";
import type { Sample } from "../learned/record.ts";
import { type TakenSample, takeSample, writeSample } from "../learned/samples.ts";
import { saveVersion } from "../learned/write-store.ts";
import { type Examined, examine, passes } from "./examine.ts";
import type { Synthesis } from "./synthesize.ts";
import type { Accepted } from "./workbench.ts";

/** Of one version; each has to be read again by every later one. */
const MAX_NEW_SAMPLES = 3;
const MAX_SAMPLES = 8;

/** What is kept beside what was accepted. */
export interface KeptWith {
  store: string;
  version: number;
  /** Samples of the version before. */
  samples: readonly Sample[];
  model: string;
  /** The built-in extractor that it stands in for; null = none. */
  instead_of: string | null;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Puts an accepted reader into the store, with redacted samples of the runs that it was accepted on. */
export function keep(accepted: Accepted, synthesis: Synthesis, kept: KeptWith): StoredVersion {
  const { format, source, note, results } = accepted;
  const examined = results.flatMap((result): readonly Examined[] => result.runs);
  const known = new Set(kept.samples.map((sample) => sample.digest));
  const room = Math.min(MAX_NEW_SAMPLES, MAX_SAMPLES - kept.samples.length);
  const taken = samplesOf(accepted, examined, kept.version)
    .filter(({ sample }) => !known.has(sample.digest))
    .slice(0, Math.max(0, room));
  const { calls, input_tokens, output_tokens, cost_usd } = synthesis.usage;
  return saveVersion(kept.store, {
    source,
    note,
    samples: taken,
    record: {
      schema: 1,
      format,
      version: kept.version,
      source_digest: sourceDigest(source),
      instead_of: kept.instead_of,
      samples: [...kept.samples, ...taken.map(({ sample }) => sample)],
      evidence: examined.map(({ role, found, trajectory, fidelity }) => ({
        run: role,
        step_count: trajectory.steps.length,
        counted: countMarker(found.files, format.marker),
        fidelity,
      })),
      made: {
        codetracer_version: VERSION,
        model: kept.model,
        prompt_digest: synthesis.prompt_digest,
        usage: { calls, input_tokens, output_tokens, cost_usd },
        checks: synthesis.checks,
      },
      accepted_at: new Date(kept.now()).toISOString(),
    },
  });
}

/** Redacted copies that the reader still reads: what redaction takes away may be what it looks for. */
function samplesOf(accepted: Accepted, examined: readonly Examined[], version: number): TakenSample[] {
  const fresh = examined.filter(({ role }) => role !== "sample");
  const taken: TakenSample[] = [];
  for (const { found, trajectory } of fresh) {
    if (taken.length >= MAX_NEW_SAMPLES) break;
    const sample = takeSample(found.files, trajectory);
    if (sample !== null && isRead(accepted, sample, version)) taken.push(sample);
  }
  return taken;
}

function isRead({ format, source }: Accepted, taken: TakenSample, version: number): boolean {
  const folder = temporaryFolder();
  try {
    writeSample(folder, taken);
    const files = openDirectory(path.join(folder, taken.sample.digest, taken.sample.focus ?? ""));
    return passes(
      examine(learnedExtractor({ format, version, source }), { role: "sample", number: 1, files }),
    );
  } finally {
    removeTemporaryFolder(folder);
  }
}

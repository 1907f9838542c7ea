import type { RunFiles } from "../../run/run-files.ts";
import { defined } from "../../util/narrow.ts";
import type { Detection, Extractor } from "../extractor.ts";
import { sandboxExtractor } from "../sandbox/index.ts";
import { countMarker } from "./count-marker.ts";
import type { LearnedFormat } from "./definition.ts";
import { sourceDigest } from "./read-store.ts";
import { UNESCAPE } from "./unescape.ts";

/** After so many slow recognitions an extractor is asked no more: it is asked about every place whose names fit. */
const MAX_SLOW = 2;
const SLOW_MS = 3000;

/** Code of a model as it is kept. */
export interface LearnedSource {
  format: LearnedFormat;
  version: number;
  source: string;
  /** The built-in extractor that it stands in for; null or absent = none. */
  instead_of?: string | null;
}

/** An extractor that runs code of a model in the sandbox. Throws CodeTracerError `bad_extractor` for a definition that cannot be used. */
export function learnedExtractor({ format, version, source, instead_of }: LearnedSource): Extractor {
  const { id, title, directories, files, contents, escapes, marker } = format;
  const fingerprint = defined({ directories, files, contents });
  const reader = sandboxExtractor({ id, title, version, source, fingerprint });
  let slow = 0;
  return {
    ...reader,
    learned: { source_digest: sourceDigest(source), ...(instead_of ? { instead_of } : {}) },
    detect: (run: RunFiles): Detection => {
      if (slow >= MAX_SLOW) return { confidence: 0, reason: "not asked: it took too long before" };
      const started = performance.now();
      const detection = reader.detect(run);
      if (performance.now() - started > SLOW_MS) slow++;
      return detection;
    },
    countActions: (run) => countMarker(run, marker),
    unescape: UNESCAPE[escapes],
  };
}

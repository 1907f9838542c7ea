import type { Extractor } from "../extractor.ts";
import { EXTRACTORS } from "../registry.generated.ts";
import { learnedExtractor } from "./learned-extractor.ts";
import { readStore, type StoredVersion } from "./read-store.ts";

/** Every reader that there is. */
export interface Readers {
  extractors: readonly Extractor[];
  /** What of the store is broken and was left out, each with its place. */
  warnings: readonly string[];
}

/** The built-in extractors, and behind them the learned ones of a store. null = without a store. */
export function readersWith(store: string | null): Readers {
  if (store === null) return { extractors: EXTRACTORS, warnings: [] };
  const { extractors, warnings } = readStore(store);
  const builtIn = new Set(EXTRACTORS.map(({ id }) => id));
  const isFree = extractors.filter(({ id }) => !builtIn.has(id));
  const taken = extractors.filter(({ id }) => builtIn.has(id));
  const learned = isFree.map(({ current }) => extractorOf(current));
  return {
    extractors: [...EXTRACTORS, ...learned],
    warnings: [
      ...warnings,
      ...taken.map(
        ({ id, folder }) =>
          `${folder}: there is a built-in extractor ${id} now, and the learned one is not used; remove it with codetracer extractors forget ${id}`,
      ),
    ],
  };
}

/** Made once a thread: an extractor that was too slow to tell its runs is not asked again for each job of a batch. */
const made = new Map<string, Extractor>();

function extractorOf({ record, source }: StoredVersion): Extractor {
  const { format, version, instead_of } = record;
  const key = JSON.stringify([format, version, instead_of, record.source_digest]);
  const extractor = made.get(key) ?? learnedExtractor({ format, version, source, instead_of });
  made.set(key, extractor);
  return extractor;
}

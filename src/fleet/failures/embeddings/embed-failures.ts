import { ModelError } from "../../../model/model-error.ts";
import type { RunFacts } from "../../../trajectory/index.ts";
import { type Embedded, failedOf } from "../cluster-failures.ts";
import { summaryWithoutTask } from "../text/summary.ts";
import { type Embedder, type EmbedderOptions, openEmbedder } from "./embedder.ts";
import { type EmbeddingCache, openCache } from "./embedding-cache.ts";

/** Texts of one call. Summaries are about 500 tokens, and the smallest limits are at 8,000. */
const BATCH = 16;

/** How to make the vectors of a fleet's failures. */
export interface EmbedOptions extends EmbedderOptions {
  /** Where vectors are kept; null = nowhere. */
  cache_folder: string | null;
}

/** The vectors, and how many texts were sent for them. */
export interface EmbeddedFailures extends Embedded {
  sent_texts: number;
}

/**
 * Vectors of the failures' summaries, without their tasks: each different text is sent once and never again while the cache is there. Summaries
 * come from workspaces, whose secrets are redacted. Throws as `openEmbedder` does, and ModelError where the server fails.
 */
export async function embedFailures(
  facts: readonly RunFacts[],
  spec: string,
  options: EmbedOptions,
): Promise<EmbeddedFailures> {
  const embedder = await openEmbedder(spec, options);
  const cache = openCache(options.cache_folder, embedder);
  const summaries = [...new Set(failedOf(facts).map(({ failure }) => failure.summary))];
  const texts = [...new Set(summaries.map(summaryWithoutTask))].sort();
  const missing = texts.filter((text) => cache.get(text) === undefined);
  for (let at = 0; at < missing.length; at += BATCH)
    await fill(missing.slice(at, at + BATCH), embedder, cache, options.max_retries);
  const of = new Map(summaries.map((summary) => [summary, cache.get(summaryWithoutTask(summary)) ?? []]));
  checkLengths([...of.values()], embedder);
  return { model: embedder.model, of, sent_texts: missing.length };
}

/** Asks again for what a reply left out. */
async function fill(
  batch: readonly string[],
  embedder: Embedder,
  cache: EmbeddingCache,
  retries: number,
): Promise<void> {
  let open = batch;
  for (let tries = 0; open.length > 0; tries++) {
    if (tries > retries) {
      throw new ModelError(
        "malformed_reply",
        `${embedder.model}: the server leaves out vectors for ${open.length} of ${batch.length} texts, ${tries} times in a row. Try again later.`,
      );
    }
    const vectors = await embedder.embed(open);
    const made = open.flatMap((text, place) => {
      const vector = vectors[place] ?? null;
      return vector === null ? [] : [[text, vector] as const];
    });
    cache.add(made);
    open = open.filter((_, place) => (vectors[place] ?? null) === null);
  }
}

function checkLengths(vectors: readonly number[][], embedder: Embedder): void {
  const lengths = [...new Set(vectors.map(({ length }) => length))].sort((a, b) => a - b);
  if (lengths.length <= 1) return;
  throw new ModelError(
    "malformed_reply",
    `${embedder.model}: the vectors have different lengths (${lengths.join(", ")}). The server's model has changed; remove the folder with the kept embeddings and try again.`,
  );
}

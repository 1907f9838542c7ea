import { kmeans } from "ml-kmeans";
import { mulberry32, randomSteps, seedFor } from "../../../stats/prng.ts";
import { cosineDistances, unit } from "../vectors/vectors.ts";
import type { Grouper } from "./grouper.ts";

const PROJECTED = 128;
const SAMPLE = 600;
const ITERATIONS = 30;

/**
 * Groups by seeded k-means over unit vectors, for which squared distance orders as cosine does. Long vectors are projected at random to 128
 * dimensions (Achlioptas 2003), which keeps distances to a few per cent.
 */
export function groupByMeans(rows: readonly Float64Array[], seed: number): Grouper {
  const points = projected(rows, seed).map((row) => [...row]);
  const sample = randomSteps(mulberry32(seedFor(seed, "sample")), rows.length, SAMPLE).map((one) => one - 1);
  const distances = cosineDistances(sample.map((item) => rows[item] ?? new Float64Array(0)));
  const among = (items: readonly number[]): ((k: number) => number[]) => {
    const chosen = items.map((item) => points[item] ?? []);
    const different = new Set(chosen.map((point) => point.join())).size;
    return (k) => {
      const options = { seed: seedFor(seed, "k-means", String(k)), maxIterations: ITERATIONS };
      return kmeans(chosen, Math.min(k, different), options).clusters;
    };
  };
  return { sample, distances, groups: among(rows.map((_, item) => item)), among, is_nested: false };
}

function projected(rows: readonly Float64Array[], seed: number): Float64Array[] {
  const length = rows[0]?.length ?? 0;
  if (length <= PROJECTED) return [...rows];
  const random = mulberry32(seedFor(seed, "projection"));
  const signs = Int8Array.from({ length: length * PROJECTED }, () => (random() < 0.5 ? -1 : 1));
  return rows.map((row) => {
    const shadow = new Float64Array(PROJECTED);
    for (const [term, value] of row.entries()) {
      if (value === 0) continue;
      for (let at = 0; at < PROJECTED; at++)
        shadow[at] = (shadow[at] ?? 0) + value * (signs[term * PROJECTED + at] ?? 0);
    }
    return unit(shadow);
  });
}

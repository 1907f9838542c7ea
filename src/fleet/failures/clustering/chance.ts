import { mulberry32, type Random, randomIndex, randomSteps, seedFor } from "../../../stats/prng.ts";
import { unit } from "../vectors/vectors.ts";
import { groupRows } from "./group-rows.ts";
import { mean } from "./silhouette.ts";

/** More rows than these take too long; fewer reach a higher silhouette by chance, so that the comparison stays on the safe side. */
const MOST_ROWS = 250;

/** What the best cut comes to where there is nothing to find. */
export interface Chance {
  shuffles: number;
  mean: number;
  highest: number;
}

/**
 * The best silhouette over rows whose every column is shuffled on its own: terms stay as common as they are and lose what they have to do with each
 * other. Choosing the best of many cuts finds something in anything; this is how much. Where no cut gives two clusters it counts as 0.
 */
export function chanceOf(
  rows: readonly Float64Array[],
  { seed, shuffles }: { seed: number; shuffles: number },
): Chance {
  const random = mulberry32(seedFor(seed, "chance"));
  const taken = randomSteps(random, rows.length, MOST_ROWS).map(
    (one) => rows[one - 1] ?? new Float64Array(0),
  );
  const best: number[] = [];
  for (let shuffle = 0; shuffle < shuffles; shuffle++)
    best.push(groupRows(shuffled(taken, random), seed).best?.silhouette ?? 0);
  return { shuffles, mean: mean(best), highest: Math.max(...best) };
}

function shuffled(rows: readonly Float64Array[], random: Random): Float64Array[] {
  const copies = rows.map((row) => Float64Array.from(row));
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    for (let at = copies.length - 1; at > 0; at--) {
      const [one, other] = [copies[at], copies[randomIndex(random, at + 1)]];
      if (one === undefined || other === undefined) continue;
      [one[column], other[column]] = [other[column] ?? 0, one[column] ?? 0];
    }
  }
  return copies.map(unit);
}

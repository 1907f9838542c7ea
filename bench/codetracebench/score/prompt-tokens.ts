import { quantile } from "../../../src/stats/quantile.ts";
import type { Prediction, Row } from "../types.ts";
import type { PromptTokens } from "./report-types.ts";
import { BAND_LABELS, stepBand } from "./strata.ts";

const ALL = "all";

/**
 * How many prompt tokens the predictions of one method took, all calls of a prediction together, by the length of the runs. Empty where no
 * model was asked. `answered` are the predictions of each row, in the order of the rows.
 */
export function promptTokens(
  rows: readonly Row[],
  answered: readonly (readonly Prediction[])[],
): PromptTokens[] {
  const taken = rows.flatMap((row, index) =>
    (answered[index] ?? [])
      .filter((one) => one.usage.calls > 0)
      .map((one) => ({ band: stepBand(row.step_count), ...one.usage })),
  );
  return [...BAND_LABELS, ALL].flatMap((steps) => {
    const group = taken.filter((one) => steps === ALL || one.band === steps);
    if (group.length === 0) return [];
    const at = (share: number): number =>
      quantile(
        Float64Array.from(group, (one) => one.input_tokens),
        share,
      ) ?? 0;
    return [
      {
        steps,
        predictions: group.length,
        mean_calls: group.reduce((sum, one) => sum + one.calls, 0) / group.length,
        median: at(0.5),
        p95: at(0.95),
        most: at(1),
      },
    ];
  });
}

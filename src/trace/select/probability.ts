import { SELECT_FEATURES, type SelectView, stepFacts } from "./features.ts";
import type { SelectorWeights } from "./weights.ts";

/** The weights without how they came about: what scoring needs. */
export type SelectorModel = Pick<SelectorWeights, "features" | "intercept" | "calibration">;

/** How likely each of these steps is to be labelled incorrect, 0 to 1, in their order. Meant for steps that a finding holds. */
export function stepProbabilities(
  view: SelectView,
  stepIds: readonly number[],
  model: SelectorModel,
): number[] {
  const weights = new Map(model.features.map((one) => [one.name, one]));
  const { slope, intercept } = model.calibration;
  return stepFacts(view, stepIds).map((facts) => {
    const logOdds = SELECT_FEATURES.reduce((sum, feature) => {
      const column = weights.get(feature.name);
      return column ? sum + (column.weight * (feature.value(facts) - column.mean)) / column.scale : sum;
    }, model.intercept);
    return 1 / (1 + Math.exp(-(slope * logOdds + intercept)));
  });
}

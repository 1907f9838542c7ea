import type { BehaviourFlag } from "../../trajectory/index.ts";

/** A behaviour of which rules and model say the opposite. */
export interface Disagreement {
  behaviour: string;
  rules: BehaviourFlag;
  model: BehaviourFlag;
}

/** Where both give a verdict and it is not the same one. An abstention of either is no disagreement. */
export function disagreements(
  byRules: readonly BehaviourFlag[],
  byModel: readonly BehaviourFlag[],
): Disagreement[] {
  return byRules.flatMap((rules) => {
    const model = byModel.find(({ behaviour }) => behaviour === rules.behaviour);
    if (!model || rules.present === null || model.present === null) return [];
    return rules.present === model.present ? [] : [{ behaviour: rules.behaviour, rules, model }];
  });
}

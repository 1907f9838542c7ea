/** What fitting and measuring the selector needs of its inside. The tracer's users need none of it. */
export { rowDigest } from "../rules/model/fitted-on.ts";
export { type Countable, countForF1, floorOf, ranked } from "./count.ts";
export {
  type Claim,
  findingOf,
  type RuleStep,
  SELECT_FEATURES,
  type SelectFeature,
  stepFacts,
} from "./features.ts";
export type { CountFloors, SelectorWeights } from "./weights.ts";

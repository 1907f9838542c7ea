import { rowDigest } from "../rules/model/fitted-on.ts";
import { SELECTOR_WEIGHTS } from "./weights.generated.ts";

/** Whether the shipped selection was fitted on a row, so that a figure on it is not held out. */
export function selectorFittedOn(trajId: string): boolean {
  return SELECTOR_WEIGHTS.made.fitted_on.includes(rowDigest(trajId));
}

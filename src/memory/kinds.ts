import { DETECTORS } from "../trace/rules/detectors.ts";
import { slug } from "./clean-text.ts";

const KIND_CHARS = 60;

/** What a tracer that asks a model calls wrong, where no rule has the same name. */
const OTHER_TITLES: Readonly<Record<string, string>> = {
  "fabricated-result": "a result was made up",
  "wrong-change": "a change put the failing design in place",
  "weighed-signs": "a step looked like wrong steps of other runs",
  unuseful: "exploration brought nothing new",
};

/** The kind that a label counts under: rules and models that see the same thing count together. `""` = none. */
export function kindOf(detector: string): string {
  return slug(detector.replace(/^[a-z]+:/, ""), KIND_CHARS);
}

/** A kind in our words. */
export function titleOf(kind: string): string {
  const rule = DETECTORS.find(({ id }) => id === kind);
  if (rule) return rule.title;
  return Object.hasOwn(OTHER_TITLES, kind) ? (OTHER_TITLES[kind] ?? kind) : kind.replaceAll("-", " ");
}

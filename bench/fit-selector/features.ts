import { SELECT_FEATURES, type SelectFeature } from "./selector.ts";

const LENGTH_MAX = 6;

/** What was tried beside the features that are shipped, and adds nothing to them. */
const TRIED: readonly SelectFeature[] = [
  {
    name: "length",
    group: "block",
    value: ({ finding }) => Math.min(LENGTH_MAX, finding?.step_ids.length ?? 0) / LENGTH_MAX,
  },
  { name: "findings", group: "block", value: ({ view }) => Math.log2(1 + view.findings.length) / 4 },
  {
    name: "place",
    group: "position",
    value: ({ view, step_id }) => step_id / Math.max(1, view.step_count),
  },
  {
    name: "near-end",
    group: "position",
    value: ({ view, step_id }) => 1 / (1 + Math.max(0, view.step_count - step_id)),
  },
  { name: "solved", group: "outcome", value: ({ view }) => (view.resolved === true ? 1 : 0) },
  { name: "outcome-unknown", group: "outcome", value: ({ view }) => (view.resolved === null ? 1 : 0) },
];

/** Every feature of the study, those of the shipped selector first. */
export const STUDY_FEATURES: readonly SelectFeature[] = [...SELECT_FEATURES, ...TRIED];

/** Indices into `STUDY_FEATURES` of all features but those of some groups. */
export function columnsWithout(...groups: readonly SelectFeature["group"][]): number[] {
  return STUDY_FEATURES.flatMap(({ group }, index) => (groups.includes(group) ? [] : [index]));
}

/** Indices into `STUDY_FEATURES` of features by name. Throws where there is none of a name. */
export function columnsNamed(...names: readonly string[]): number[] {
  return names.map((name) => {
    const index = STUDY_FEATURES.findIndex((feature) => feature.name === name);
    if (index < 0) throw new Error(`no feature is called ${name}`);
    return index;
  });
}

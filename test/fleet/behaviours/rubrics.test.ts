import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { BEHAVIOURS } from "../../../src/fleet/behaviours/behaviours.ts";
import { judgeBehaviours, POLARITIES } from "../../../src/fleet/behaviours/index.ts";
import { BehaviourFlagSchema } from "../../../src/trajectory/index.ts";
import { prompt } from "../../../src/util/prompt.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";

const HEADINGS = ["Criterion", "Counter-criterion", "Insufficient evidence", "Examples"];

/** Files of the folder that are no rubric, such as a judge's own prompts, do not begin with one heading and the four sections. */
const rubrics = fs
  .readdirSync(new URL("../../../prompts/behaviours/", import.meta.url))
  .map((name) => name.replace(/\.md$/, ""))
  .filter((id) => /^# .+\n\n## Criterion\n/.test(prompt(`behaviours/${id}`)));

describe("rubrics", () => {
  it("stand beside the rules, one each", () => {
    expect(BEHAVIOURS.map(({ id }) => id)).toEqual([...rubrics].sort());
    expect([...POLARITIES.keys()]).toEqual([...rubrics].sort());
  });

  it.each(rubrics)("%s has every section and an example of either kind", (id) => {
    const text = prompt(`behaviours/${id}`);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    const examples = text.slice(text.indexOf("## Examples"));
    expect(examples).toMatch(/^Present: \S.{20,}$/m);
    expect(examples).toMatch(/^Not present: \S.{20,}$/m);
  });
});

describe("judgeBehaviours", () => {
  it("abstains from everything where a run has no steps", () => {
    const flags = judgeBehaviours(madeWorkspace("empty", []));
    expect(flags.map((flag) => BehaviourFlagSchema.parse(flag).present)).toEqual(BEHAVIOURS.map(() => null));
    expect(new Set(flags.map(({ reason }) => reason))).toEqual(new Set(["The run has no steps."]));
  });
});

import { describe, expect, test } from "vitest";
import { leadsOf } from "../../../src/trace/agent/leads.ts";
import { failure, look, oneStage, outcome, type StepSketch, steps } from "../../support/steps.ts";

const MISSING = "bash: wget: command not found";

function leads(run: readonly StepSketch[]): string {
  return leadsOf({
    steps: steps(...run),
    stages: oneStage(run.length),
    outcome: outcome({ resolved: false }),
    task: null,
  });
}

describe("leadsOf", () => {
  test("names steps, a reason in our words, and a probability", () => {
    const text = leads([
      failure("wget http://a/secret-x", MISSING),
      failure("wget http://a/secret-y", MISSING),
      look("ls", "README.md\nsrc\npackage.json"),
      look("ls", "README.md\nsrc\npackage.json"),
    ]);
    expect(text.split("\n")).toContainEqual(
      expect.stringMatching(/^step 2: evidence already seen was ignored \(p 0\.\d\d\)$/),
    );
    expect(text.split("\n")).toContainEqual(
      expect.stringMatching(/^step 4: unuseful\? the same thing was looked at again \(p 0\.\d\d\)$/),
    );
    expect(text).not.toContain("secret");
  });

  test("at most six lines, and a word where there is nothing", () => {
    const tries = Array.from({ length: 60 }, (_, at) =>
      failure(`${"wcjx"[at % 4]}get http://a/${at}`, MISSING),
    );
    expect(leads(tries).split("\n").length).toBeLessThanOrEqual(6);
    expect(leads([look("ls", "a")])).toBe("(none: no rule found anything)");
  });
});

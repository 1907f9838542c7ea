import { describe, expect, it } from "vitest";
import { factsOf, taskKey } from "../../../src/fleet/facts/index.ts";
import { sumCost, sumTokens, timeOf } from "../../../src/fleet/facts/sums.ts";
import { taskGist } from "../../../src/fleet/facts/task-key.ts";
import { type BehaviourFlag, RunFactsSchema } from "../../../src/trajectory/index.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { change, failure, look, steps } from "../../support/steps.ts";

describe("taskKey", () => {
  it("is the same for one task told with other spaces, case, temporary folders and times", () => {
    const told = "Mend /tmp/tmp7wtj0o8i/astropy, now 2025-09-29T13:09:19Z.\n\nRun the tests.";
    const retold = "mend  /tmp/tmpwumv_0e1/astropy, now 2026-01-01T00:00:00.5+01:00. Run the tests.  ";
    expect(taskKey(told)).toBe(taskKey(retold));
  });

  it("differs where a number, a path or a date of the task does", () => {
    const keys = ["add 1", "add 2", "read /tmp/data.csv", "read /tmp/data2.csv", "by 2025-01-01"].map(
      taskKey,
    );
    expect(new Set(keys).size).toBe(5);
  });

  it("is null where there is no task to go by", () => {
    expect([null, "", " \n"].map(taskKey)).toEqual([null, null, null]);
  });
});

describe("taskGist", () => {
  it("is one line of at most 200 characters", () => {
    expect(taskGist("Mend\n  the parser")).toBe("Mend the parser");
    expect(taskGist("x".repeat(201))).toBe(`${"x".repeat(199)}…`);
    expect(taskGist(" ")).toBeNull();
  });
});

describe("sums", () => {
  it("adds up what is recorded and says null where nothing is", () => {
    const recorded = steps(
      look("a", null, { tokens: { input: 10, output: 1 }, cost_usd: 0.1 }),
      look("b", null),
      look("c", null, { tokens: { input: 5, cached: 2 }, cost_usd: 0.2 }),
    );
    expect(sumTokens(recorded)).toEqual({ input: 15, output: 1, cached: 2 });
    expect(sumCost(recorded)).toBe(0.3);
    expect(sumTokens(steps(look("a", null)))).toBeNull();
    expect(sumCost(steps(look("a", null)))).toBeNull();
  });

  it("measures from the first beginning to the last end, in whatever order steps ran", () => {
    const recorded = steps(
      look("b", null, { started_at: "2025-01-01T00:00:10Z", duration_ms: 500 }),
      look("a", null, { started_at: "2025-01-01T00:00:00Z", duration_ms: 30_000 }),
      look("c", null, { started_at: "no time" }),
    );
    expect(timeOf(recorded)).toEqual({ started_at: "2025-01-01T00:00:00.000Z", duration_seconds: 30 });
  });

  it("knows no duration from one moment alone", () => {
    const one = steps(look("a", null, { started_at: "2025-01-01T00:00:00Z" }), look("b", null));
    expect(timeOf(one)).toEqual({ started_at: "2025-01-01T00:00:00.000Z", duration_seconds: null });
    expect(timeOf(steps(look("a", null)))).toEqual({ started_at: null, duration_seconds: null });
  });
});

describe("factsOf", () => {
  const workspace = madeWorkspace(
    "runs/one",
    steps(look("ls", "a.c"), failure("make", "error: no rule"), change("touch a.o")),
    { task: "Build it", outcome: { resolved: false, tests: [{ name: "t", passed: false }] } },
  );

  it("fits its schema and counts what the workspace holds", () => {
    const facts = factsOf(workspace, "one");
    expect(RunFactsSchema.parse(facts)).toEqual(facts);
    expect(facts).toMatchObject({
      run_id: "one",
      run: "runs/one",
      task: "Build it",
      task_key: taskKey("build it"),
      step_count: 3,
      change_count: 2,
      failed_step_count: 1,
      tokens: null,
      cost_usd: null,
      verdict: workspace.diagnosis.verdict,
    });
    expect(facts.outcome).not.toHaveProperty("tests");
  });

  it("is the same each time", () => {
    expect(factsOf(workspace, "one")).toEqual(factsOf(workspace, "one"));
  });

  it("lets a model's verdict stand for the rules' one, its abstention not, and takes rubrics that no rule knows", () => {
    const byRules = factsOf(workspace, "one").flags;
    const known = byRules[0]?.behaviour ?? "none-yet";
    const judged = (behaviour: string, present: boolean | null): BehaviourFlag => ({
      ...{ behaviour, present, confidence: 0.9, step_ids: [], evidence: [], reason: "read" },
      judged_by: "a-model",
    });
    const flags = factsOf(workspace, "one", {
      judged: [judged(known, true), judged("my-rubric", null)],
    }).flags;
    expect(flags.find(({ behaviour }) => behaviour === known)?.judged_by).toBe("a-model");
    expect(flags.at(-1)).toEqual(judged("my-rubric", null));
    expect(factsOf(workspace, "one", { judged: [judged(known, null)] }).flags[0]?.judged_by).toBe(
      byRules[0]?.judged_by ?? "a-model",
    );
  });
});

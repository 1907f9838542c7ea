import { describe, expect, it } from "vitest";
import { MUTATIONS, mutate } from "../../../bench/mutants/mutations.ts";
import type { Step, Trajectory } from "../../../src/index.ts";

function stepAt(index: number): Step {
  return {
    step_id: index + 1,
    agent: "main",
    action: `do ${index}`,
    observation: `${index}${"x".repeat(index === 2 ? 2000 : 10)}`,
    thinking: `I want to see what ${index} does`,
    action_ref: { path: "a", line_start: 10 * index + 1, line_end: 10 * index + 1 },
    observation_ref: { path: "a", line_start: 10 * index + 2, line_end: 10 * index + 2 },
  };
}

const ORIGINAL: Trajectory = {
  task: null,
  agent: { name: "made", version: null, model: null },
  steps: Array.from({ length: 14 }, (_, index) => stepAt(index)),
  outcome: { resolved: null, reward: null, exit_status: null, source: null, infrastructure_failure: null },
  files_used: ["a"],
  warnings: [],
};

function spoiled(name: string, original = ORIGINAL): readonly Step[] | null {
  const mutation = MUTATIONS.find((one) => one.name === name);
  if (!mutation) throw new Error(`no mutation is called ${name}`);
  return mutate(original, mutation)?.steps ?? null;
}

describe("mutations", () => {
  it.each(MUTATIONS.map(({ name }) => name))("%s: changes something, and numbers the steps", (name) => {
    const steps = spoiled(name);
    expect(steps?.map((step) => step.step_id)).toEqual(steps?.map((_, index) => index + 1));
    expect(steps).not.toEqual(ORIGINAL.steps);
  });

  it.each(MUTATIONS.map(({ name }) => name))("%s: leaves a run without steps alone", (name) => {
    expect(spoiled(name, { ...ORIGINAL, steps: [] })).toBeNull();
  });

  it("does what it is called", () => {
    const actions = (name: string): string[] => spoiled(name)?.map((step) => step.action) ?? [];
    expect(actions("drop every 7th step")).toHaveLength(12);
    expect(actions("merge two neighbours")[6]).toBe("do 6\ndo 7");
    expect(actions("swap two steps").slice(6, 10)).toEqual(["do 6", "do 8", "do 7", "do 9"]);
    expect(actions("duplicate steps").slice(8, 10)).toEqual(["do 8", "do 8"]);
    expect(spoiled("pair with the call before")?.[3]?.observation).toBe(ORIGINAL.steps[2]?.observation);
    expect(spoiled("pair with the call after")?.[3]?.observation).toBe(ORIGINAL.steps[4]?.observation);
    expect(spoiled("cut long texts")?.[2]?.observation).toHaveLength(500);
    expect(spoiled("refs one line too far")?.[0]?.action_ref?.line_start).toBe(2);
    const held = spoiled("lose observations (null)")?.map((step) => step.observation === null);
    expect(held?.filter(Boolean)).toHaveLength(2);
  });

  it("sees no reasoning in what a harness puts where there was none", () => {
    const steps = ORIGINAL.steps.map((step) => ({ ...step, thinking: "(no content)" }));
    expect(spoiled("drop reasoning", { ...ORIGINAL, steps })).toBeNull();
  });
});

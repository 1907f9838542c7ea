import { describe, expect, it } from "vitest";
import { processScore, scoreRun } from "../../../src/fleet/score/index.ts";
import { change, look, steps, writeFile } from "../../support/steps.ts";
import { flag, judgedRun, label } from "./judged-run.ts";

const TESTS = { touches: { tests: ["pytest"] } };
const FAILED = { resolved: false, source: "result.json: reward" };
/** 4 is wrong; 3 and 5 fail, 5 with nothing sound changed since 3; 6 is useless; 8 repeats 6 with nothing changed since. */
const STEPS = steps(
  look("ls", "a.py"),
  writeFile("a.py", "tabs = 1"),
  look("pytest", "1 failed", { failed: true, ...TESTS }),
  writeFile("a.py", "tabs = 2"),
  look("pytest", "1 failed", { failed: true, repeat_of: 3, ...TESTS }),
  look("cat a.py", "tabs = 2"),
  look("ls", "a.py", { repeat_of: 1 }),
  look("cat a.py", "tabs = 2", { repeat_of: 6 }),
);
const LABELS = [label(4, "incorrect", 0.5), label(6, "unuseful", 0.6)];
const FLAGS = [
  flag("incomplete-resolution", true, 0.8, [8]),
  flag("planning", null, 0),
  flag("retry-loop", true, 0.5, [3, 5]),
  flag("tool-loop", false, 0.9),
  flag("validation", true, 0.9, [3]),
  flag("a-rubric-of-mine", true, 1, [1]),
];

describe("scoreRun", () => {
  it("takes off what its table says, worked by hand", () => {
    const run = judgedRun(STEPS, LABELS, { outcome: FAILED, onset: 4, cascade: [5] });
    const score = scoreRun(run, FLAGS);
    // 30; 30 × 0.5; 5 × 0.5 × 1/(1+4); 15 × 0.6 × 0.8; (15 − 7.2) × 0.3 × 0.5; of the 7 other steps: 8 × (0.6/7)/0.3;
    // 4 × (2/7)/0.5; 4 × (1/7)/0.3. Their sum is 60.346.
    expect(score?.penalties.map(({ name, points, step_ids }) => [name, points, step_ids])).toEqual([
      ["outcome", 30, []],
      ["incorrect", 15, [4]],
      ["cascade", 0.5, [5]],
      ["incomplete-resolution", 7.2, [8]],
      ["retry-loop", 1.17, [3, 5]],
      ["unuseful", 2.29, [6]],
      ["failed", 2.28, [3, 5]],
      ["repeated", 1.91, [8]],
    ]);
    expect(score?.value).toBe(39.65);
    expect(score && processScore(score)).toBe(69.65);
    expect(score?.penalties.map(({ reason }) => reason)).toEqual([
      "the task was not solved, as the run's verifier has it",
      "step 4 is called incorrect, confidence 0.50 (by-hand): because",
      "what follows from step 4, where the failure begins: 1 step, 5",
      "confidence 0.80 (rules): so",
      "confidence 0.50 (rules): so",
      "1 of 7 steps brought nothing new, weighed by confidence: 6",
      "2 of 7 steps failed: 3, 5",
      "1 of 7 steps repeated an action with nothing changed since: 8",
    ]);
  });

  it("shares the points for incorrect steps, the surest first, up to all of them", () => {
    const labels = [label(1, "incorrect", 0.5), label(2, "incorrect", 1), label(3, "incorrect", 0.9)];
    const score = scoreRun(judgedRun(steps(change("a"), change("b"), change("c")), labels), []);
    expect(score?.penalties.map(({ step_ids, points }) => [step_ids, points])).toEqual([[[2], 30]]);
  });

  it("charges a step once, by its surest label, and never for an outcome that is not known", () => {
    const one = steps(look("ls", "x", { failed: true }), look("cat a", "y"));
    const labels = [label(1, "unuseful", 0.3), label(1, "unuseful", 0.15)];
    expect(scoreRun(judgedRun(one, labels), [])).toEqual({
      value: 96,
      penalties: [expect.objectContaining({ name: "unuseful", points: 4, step_ids: [1] })],
    });
  });

  it("asks that code written last be run, and nothing of prose or data", () => {
    const names = (run: Parameters<typeof judgedRun>[0], labels: Parameters<typeof judgedRun>[1] = []) =>
      scoreRun(judgedRun(run, labels), [])?.penalties.map(({ name }) => name);
    const code = writeFile("a.py", "x = 1");
    expect(names(steps(code))).toEqual(["unverified"]);
    expect(names(steps(code, look("cat a.py", "x = 1")))).toEqual(["unverified"]);
    expect(names(steps(code, look("python a.py", "1")))).toEqual([]);
    expect(names(steps(code, look("python a.py", "1"), writeFile("notes.md", "done")))).toEqual([]);
    expect(names(steps(writeFile("answer.txt", "42")))).toEqual([]);
    // A check that is itself called wrong verifies nothing.
    expect(names(steps(code, change("pytest || true", TESTS)), [label(2, "incorrect", 0.1)])).toEqual([
      "incorrect",
      "unverified",
    ]);
  });

  it("is null where the run says nothing about the agent, and 100 where nothing speaks against it", () => {
    const infrastructure_failure = { reason: "the sandbox died", source: "log" };
    expect(scoreRun(judgedRun([]), [])).toBeNull();
    expect(scoreRun(judgedRun(STEPS, [], { outcome: { infrastructure_failure } }), [])).toBeNull();
    expect(scoreRun(judgedRun(steps(look("ls", "a"))), [])).toEqual({ value: 100, penalties: [] });
  });

  it("takes a hundred points at most", () => {
    const bad = [...STEPS, ...STEPS].map((step, index) => ({ ...step, step_id: index + 1, failed: true }));
    const flags = ["overconfidence", "tool-loop", "memory-drift"].map((id) => flag(id, true, 1));
    const labels = bad.slice(0, 8).map(({ step_id }) => label(step_id, "incorrect", 1));
    const cascade = bad.map(({ step_id }) => step_id);
    const score = scoreRun(judgedRun(bad, labels, { outcome: FAILED, onset: 1, cascade }), flags);
    expect(score?.value).toBeGreaterThan(0);
    expect(score?.value).toBeLessThan(35);
  });
});

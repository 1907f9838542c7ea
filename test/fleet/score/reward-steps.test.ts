import { describe, expect, it } from "vitest";
import { rewardSteps } from "../../../src/fleet/score/index.ts";
import { look, steps, writeFile } from "../../support/steps.ts";
import { flag, judgedRun, label } from "./judged-run.ts";

const TESTS = { touches: { tests: ["pytest"] } };
const STEPS = steps(
  look("ls", "a.py"),
  writeFile("a.py", "tabs = 1"),
  look("pytest", "1 failed", { failed: true, exit_code: 1, exit_code_source: "recorded", ...TESTS }),
  look("ls", "a.py", { repeat_of: 1 }),
  look("ls", "a.py", { repeat_of: 1 }),
  writeFile("a.py", "tabs = 2"),
  look("pytest", "1 passed", { repeat_of: 3, ...TESTS }),
  writeFile("b.py", "guess = 1"),
);
const LABELS = [label(8, "incorrect", 0.5), label(4, "unuseful", 0.6)];
const FLAGS = [
  flag("planning", true, 0.5, [1]),
  flag("overconfidence", true, 0.9, [8]),
  flag("retry-loop", null, 0),
];

describe("rewardSteps", () => {
  it("gives each step what its table says, worked by hand", () => {
    const rewards = rewardSteps(judgedRun(STEPS, LABELS, { outcome: { resolved: true } }), FLAGS);
    // Outcome of the changes 2, 6, 8: 0.95², 0.95, 1. Behaviour: 1: 0.2 × 0.5; 3: 0.3 − 0.1; 4: −0.5 × 0.6; 5: −0.3; 6: 0.5;
    // 7: 0.3; 8: −1 × 0.5, which outweighs −0.4 × 0.9. Reward: 0.4 × outcome + 0.6 × behaviour.
    expect(
      rewards.map(({ outcome_reward, behaviour_reward, reward }) => [
        outcome_reward,
        behaviour_reward,
        reward,
      ]),
    ).toEqual([
      [0, 0.1, 0.06],
      [0.9025, 0, 0.361],
      [0, 0.2, 0.12],
      [0, -0.3, -0.18],
      [0, -0.3, -0.18],
      [0.95, 0.5, 0.68],
      [0, 0.3, 0.18],
      [1, -0.5, 0.1],
    ]);
    expect(rewards.map(({ label, confidence, reason }) => [label, confidence, reason])).toEqual([
      [null, 0.5, "shows planning, confidence 0.50"],
      [null, 0.3, "the run was solved, 2 changes later"],
      [null, 0.7, "fails; runs what was changed before"],
      ["unuseful", 0.6, "called unuseful, confidence 0.60 (by-hand)"],
      [null, 0.7, "repeats an action with nothing changed since"],
      [null, 0.6, "mends what failed at step 3, as step 7 shows; the run was solved, 1 change later"],
      [null, 0.7, "runs what was changed before"],
      [
        "incorrect",
        0.5,
        "called incorrect, confidence 0.50 (by-hand); the run was solved, by its last change",
      ],
    ]);
  });

  it("says that the outcome is not known, and lets it add nothing", () => {
    const [, second] = rewardSteps(judgedRun(STEPS), []);
    expect(second).toEqual({
      step_id: 2,
      reward: 0,
      outcome_reward: null,
      behaviour_reward: 0,
      label: null,
      reason: "nothing speaks for or against it",
      confidence: 0.3,
    });
  });

  it("gives nothing where the harness broke the run", () => {
    const infrastructure_failure = { reason: "the sandbox died", source: "log" };
    expect(rewardSteps(judgedRun(STEPS, [], { outcome: { infrastructure_failure } }), [])).toEqual([]);
    expect(rewardSteps(judgedRun([]), [])).toEqual([]);
  });

  it("credits no recovery to a change that is called incorrect, nor to one before the failure", () => {
    const failing = look("make", "error", { failed: true });
    const passing = look("make", "ok", { repeat_of: 2 });
    const run = steps(writeFile("a.c", "1"), failing, writeFile("a.c", "2"), passing);
    const worth = (labels: Parameters<typeof judgedRun>[1]): (number | undefined)[] =>
      rewardSteps(judgedRun(run, labels), []).map(({ behaviour_reward }) => behaviour_reward);
    expect(worth([])).toEqual([0, 0.2, 0.5, 0.3]);
    // Without a sound change between, the second make is a repeat: −0.3, and 0.3 for running what was changed.
    expect(worth([label(3, "incorrect", 0.2)])).toEqual([0, 0.2, -0.2, 0]);
  });
});

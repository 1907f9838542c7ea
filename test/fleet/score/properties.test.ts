import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { processScore, rewardSteps, scoreRun } from "../../../src/fleet/score/index.ts";
import { ScoreSchema, StepRewardSchema } from "../../../src/trajectory/index.ts";
import { judgedRun } from "./judged-run.ts";
import { type MadeRun, madeRuns, share, withWrongStep } from "./made-runs.ts";

const RUNS = { numRuns: 600, seed: 20_250_101 };

describe("scores", () => {
  it("lie within 0 and 100, come out the same again, and are what the penalties leave", () => {
    fc.assert(
      fc.property(madeRuns, (run) => {
        const score = scored(run);
        ScoreSchema.parse(score);
        expect(scored(run)).toEqual(score);
        const hundredths = score.penalties.reduce((sum, { points }) => sum + Math.round(points * 100), 0);
        expect(Math.round(score.value * 100) + hundredths).toBe(10_000);
        expect(processScore(score)).toBe(
          Math.round(score.value * 100 + (run.resolved === false ? 3000 : 0)) / 100,
        );
      }),
      RUNS,
    );
  });

  it("never rise when a wrong step is added, wherever it stands", () => {
    let fell = 0;
    fc.assert(
      fc.property(madeRuns, (run) => {
        const [before, after] = [scored(run).value, scored(withWrongStep(run)).value];
        expect(after).toBeLessThanOrEqual(before);
        if (after < before) fell++;
      }),
      RUNS,
    );
    expect(fell).toBeGreaterThan(300);
  });

  it("never rise with the confidence of a label or a flag", () => {
    let fell = 0;
    fc.assert(
      fc.property(madeRuns, fc.nat(), share, (run, which, more) => {
        const surer = withMore(run, which, more);
        const [before, after] = [scored(run).value, scored(surer).value];
        expect(after).toBeLessThanOrEqual(before);
        if (after < before) fell++;
      }),
      RUNS,
    );
    expect(fell).toBeGreaterThan(100);
  });
});

describe("rewards", () => {
  it("lie within −1 and 1, one for each step, and come out the same again", () => {
    fc.assert(
      fc.property(madeRuns, (run) => {
        const rewards = rewarded(run);
        for (const reward of rewards) StepRewardSchema.parse(reward);
        expect(rewards.map(({ step_id }) => step_id)).toEqual(run.steps.map(({ step_id }) => step_id));
        expect(rewarded(run)).toEqual(rewards);
      }),
      RUNS,
    );
  });

  it("never rise with the confidence of a label", () => {
    let fell = 0;
    fc.assert(
      fc.property(madeRuns, fc.nat(), share, (run, which, more) => {
        if (run.labels.length === 0) return;
        const after = rewarded(withMore({ ...run, flags: [] }, which, more));
        for (const [index, { reward }] of rewarded({ ...run, flags: [] }).entries()) {
          expect(after[index]?.reward).toBeLessThanOrEqual(reward);
          if ((after[index]?.reward ?? 0) < reward) fell++;
        }
      }),
      RUNS,
    );
    expect(fell).toBeGreaterThan(100);
  });

  it("turn with the outcome and nothing else does: the two terms stay apart", () => {
    fc.assert(
      fc.property(madeRuns, (run) => {
        const [won, lost, open] = [true, false, null].map((resolved) => rewarded({ ...run, resolved }));
        for (const [index, reward] of (won ?? []).entries()) {
          expect(lost?.[index]?.behaviour_reward).toBe(reward.behaviour_reward);
          expect(open?.[index]?.behaviour_reward).toBe(reward.behaviour_reward);
          expect((lost?.[index]?.outcome_reward ?? 0) + (reward.outcome_reward ?? 0)).toBe(0);
          expect(open?.[index]?.outcome_reward).toBeNull();
        }
      }),
      RUNS,
    );
  });
});

function runOf({ steps, labels, resolved, onset, cascade }: MadeRun) {
  return judgedRun(steps, labels, { outcome: { resolved }, onset, cascade });
}

function scored(run: MadeRun) {
  const score = scoreRun(runOf(run), run.flags);
  if (score === null) throw new Error("a run with steps has a score");
  return score;
}

function rewarded(run: MadeRun) {
  return rewardSteps(runOf(run), run.flags);
}

/** One of the labels or flags, surer by that share of what it lacks. */
function withMore(run: MadeRun, which: number, more: number): MadeRun {
  const surer = (confidence: number): number => confidence + more * (1 - confidence);
  const at = which % Math.max(1, run.labels.length + run.flags.length);
  return {
    ...run,
    labels: run.labels.map((one, index) =>
      index === at ? { ...one, confidence: surer(one.confidence) } : one,
    ),
    flags: run.flags.map((one, index) =>
      index + run.labels.length === at ? { ...one, confidence: surer(one.confidence) } : one,
    ),
  };
}

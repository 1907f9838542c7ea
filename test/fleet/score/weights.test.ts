import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { POLARITIES } from "../../../src/fleet/behaviours/index.ts";
import * as weights from "../../../src/fleet/score/weights.ts";

const PAGE = fs.readFileSync(fileURLToPath(new URL("../../../docs/scores.md", import.meta.url)), "utf8");

describe("the weights", () => {
  it("add up: no score and no reward is ever cut", () => {
    const points = Object.values(weights.PENALTY_POINTS).reduce((sum, one) => sum + one, 0);
    expect(points).toBe(100);
    expect(weights.REWARD_SHARE.outcome + weights.REWARD_SHARE.behaviour).toBe(1);
  });

  it("have a place for every built-in behaviour, on the side that it is on", () => {
    const of = (polarity: string): string[] =>
      [...POLARITIES].flatMap(([id, side]) => (side === polarity ? [id] : [])).sort();
    expect([...weights.BAD_BEHAVIOURS.keys()].sort()).toEqual(of("bad"));
    expect([...weights.GOOD_BEHAVIOURS.keys()].sort()).toEqual(of("good"));
  });

  it("stand in docs/scores.md as they are", () => {
    const tables = [
      weights.PENALTY_POINTS,
      weights.FULL_SHARE,
      Object.fromEntries(weights.BAD_BEHAVIOURS),
      Object.fromEntries(weights.GOOD_BEHAVIOURS),
      weights.REWARD_SHARE,
      weights.STEP_WORTH,
      weights.PART_CONFIDENCE,
      { cascade_half_steps: weights.CASCADE_HALF_STEPS, outcome_discount: weights.OUTCOME_DISCOUNT },
    ];
    const missing = tables
      .flatMap((table) => Object.entries(table))
      .filter(([name, value]) => !PAGE.includes(`| \`${name}\` | ${String(value).replace("-", "−")} |`));
    expect(missing).toEqual([]);
  });
});

import { judgeBehaviours } from "../../../src/fleet/behaviours/index.ts";
import type { BehaviourFlag, Outcome } from "../../../src/trajectory/index.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { type StepSketch, steps } from "../../support/steps.ts";

/** What the rule of one behaviour says of hand-made steps. */
export function judged(
  behaviour: string,
  sketches: readonly StepSketch[],
  more: { task?: string | null; outcome?: Partial<Outcome> } = {},
): BehaviourFlag {
  const flags = judgeBehaviours(madeWorkspace("made", steps(...sketches), more));
  const flag = flags.find((one) => one.behaviour === behaviour);
  if (!flag) throw new Error(`no behaviour ${behaviour}`);
  return flag;
}

/** Present, absent or abstained, and where. */
export function seen(flag: BehaviourFlag): [boolean | null, number[]] {
  return [flag.present, flag.step_ids];
}

/** Filler that changes nothing and differs from one step to the next. */
export function looks(count: number): StepSketch[] {
  return Array.from({ length: count }, (_, at) => ({
    action: `cat notes-${"abcdefghij".charAt(at)}.txt`,
    observation: `note ${"abcdefghij".charAt(at)}`,
  }));
}

/** A test run with its result. */
export function tests(observation: string, failed = false): StepSketch {
  return { action: "pytest -q", observation, failed, touches: { programs: ["pytest"], tests: ["pytest"] } };
}

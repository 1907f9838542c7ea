import fc from "fast-check";
import type { BehaviourFlag, IndexedStep, Label } from "../../../src/trajectory/index.ts";
import { type StepSketch, steps } from "../../support/steps.ts";
import { flag, label } from "./judged-run.ts";

const ACTIONS: readonly StepSketch[] = [
  { action: "ls", observation: "a" },
  { action: "cat a.py", observation: "b" },
  { action: "pytest", observation: "c", touches: { tests: ["pytest"] } },
  { action: "python a.py", observation: "d" },
  { action: "cat > a.py <<'EOF'\nx\nEOF", kind: "change", touches: { writes: ["a.py"] } },
  { action: "rm -r out", kind: "change", touches: { deletes: ["out"] } },
];
const BEHAVIOURS = [
  "retry-loop",
  "overconfidence",
  "incomplete-resolution",
  "validation",
  "planning",
  "mine",
];

/** A run as a generator makes it. `wrong` is one more step, and `at` where to put it. */
export interface MadeRun {
  steps: IndexedStep[];
  labels: Label[];
  flags: BehaviourFlag[];
  resolved: boolean | null;
  onset: number | null;
  cascade: number[];
  wrong: { at: number; action: number; failed: boolean; confidence: number; isOnset: boolean };
}

/** Hundredths: doubles of a generator are mostly too small to matter. */
export const share = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100);
const stepSketch = fc.record({ action: fc.nat(ACTIONS.length - 1), failed: fc.boolean() });
const mark = fc.record({ at: fc.nat(30), isIncorrect: fc.boolean(), confidence: share });

/** Runs of all kinds: labels, flags and cascades stand anywhere. */
export const madeRuns: fc.Arbitrary<MadeRun> = fc
  .record({
    sketches: fc.array(stepSketch, { minLength: 1, maxLength: 25 }),
    marks: fc.array(mark, { maxLength: 8 }),
    flags: fc.array(fc.record({ at: fc.nat(5), present: fc.boolean(), confidence: share }), { maxLength: 5 }),
    resolved: fc.constantFrom(true, false, null),
    cascade: fc.array(fc.nat(30), { maxLength: 6 }),
    wrong: fc.record({
      at: fc.nat(30),
      action: fc.nat(ACTIONS.length - 1),
      failed: fc.boolean(),
      confidence: share,
      isOnset: fc.boolean(),
    }),
  })
  .map(({ sketches, marks, flags, resolved, cascade, wrong }) => {
    const made = numbered(sketches);
    const inRun = (at: number): number => 1 + (at % made.length);
    const labels = marks.map(({ at, isIncorrect, confidence }) =>
      label(inRun(at), isIncorrect ? "incorrect" : "unuseful", confidence),
    );
    const onset = labels.find((one) => one.label === "incorrect")?.step_id ?? null;
    return {
      steps: made,
      labels,
      flags: flags.map(({ at, present, confidence }) =>
        flag(BEHAVIOURS[at] ?? "mine", present, confidence, [inRun(at)]),
      ),
      resolved,
      onset,
      cascade: onset === null ? [] : [...new Set(cascade.map(inRun))].sort((a, b) => a - b),
      wrong: { ...wrong, at: wrong.at % (made.length + 1) },
    };
  });

/** The same run with the wrong step in it: everything behind it is renumbered, and the cascade takes it in or begins with it. */
export function withWrongStep(run: MadeRun): MadeRun {
  const { at, action, failed, confidence, isOnset } = run.wrong;
  const moved = (id: number): number => (id > at ? id + 1 : id);
  const sketches = run.steps.map((step) => ({
    action: ACTIONS.findIndex((one) => one.action === step.action),
    failed: step.failed,
  }));
  const id = at + 1;
  const isFirst = isOnset || run.onset === null;
  return {
    ...run,
    steps: numbered([...sketches.slice(0, at), { action, failed }, ...sketches.slice(at)]),
    labels: [
      ...run.labels.map((one) => ({ ...one, step_id: moved(one.step_id) })),
      label(id, "incorrect", confidence),
    ],
    flags: run.flags.map((one) => ({ ...one, step_ids: one.step_ids.map(moved) })),
    onset: isFirst ? id : run.onset && moved(run.onset),
    cascade: [...run.cascade.map(moved), ...(isFirst ? [] : [id])].sort((a, b) => a - b),
  };
}

/** Steps with `repeat_of` set as the index sets it: the first step with the same action. */
function numbered(sketches: readonly { action: number; failed: boolean }[]): IndexedStep[] {
  const first = new Map<number, number>();
  return steps(
    ...sketches.map(({ action, failed }, index) => {
      const earlier = first.get(action);
      if (earlier === undefined) first.set(action, index + 1);
      const sketch: StepSketch = ACTIONS[action] ?? { action: "ls" };
      return { ...sketch, failed, ...(earlier === undefined ? {} : { repeat_of: earlier }) };
    }),
  );
}

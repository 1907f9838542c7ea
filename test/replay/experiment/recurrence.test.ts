import { expect, it } from "vitest";
import { onsetStep, recurrenceOf } from "../../../src/replay/experiment/recurrence.ts";
import { originalRun } from "./made-experiment.ts";

const ORIGINAL = await originalRun();
const ONSET = onsetStep(ORIGINAL);
if (ONSET === null) throw new Error("the example has an onset");

it("the onset is found again in the run that it stands in", () => {
  expect(ONSET.step_id).toBe(8);
  expect(recurrenceOf(ONSET, ORIGINAL, "/nowhere")).toEqual({ step_id: 8, similarity: 1, is_onset: true });
});

it.each([
  // Four words, the folder of the attempt left out.
  ["sed -i s/8080/9090/ conf/a.ini", "sed -i s/8080/9090/ /w/conf/a.ini", 1],
  ["sed -i s/8080/9090/ conf/a.ini", "sed -i s/8080/9091/ conf/a.ini", 7 / 9],
  ["sed -i s/8080/9090/ conf/a.ini", "sed -i s/8080/9090/ other/b.ini", null],
  ["echo 1 > x", "echo 1 > x; echo 2 > y; echo 3 > z", null],
  ["---", "---", null],
])("%j and %j", (first, second, similarity) => {
  const [step] = ORIGINAL.steps;
  if (step === undefined) throw new Error("no step");
  const run = {
    ...ORIGINAL,
    steps: [
      { ...step, action: "ls" },
      { ...step, step_id: 2, action: second },
    ],
  };
  expect(recurrenceOf({ ...step, action: first }, run, "/w")).toEqual(
    similarity === null ? null : { step_id: 2, similarity: expect.closeTo(similarity, 3), is_onset: false },
  );
});

it("a run without an onset has nothing to come back", () => {
  expect(onsetStep({ ...ORIGINAL, diagnosis: { ...ORIGINAL.diagnosis, onset_step_id: null } })).toBeNull();
});

import { expect, test } from "vitest";
import { BASELINES } from "../../../bench/fit-selector/baselines.ts";
import { selectRun } from "../../../bench/fit-selector/select-run.ts";
import type { Session } from "../../../bench/fit-selector/sessions.ts";
import { look } from "../../support/steps.ts";
import { rules } from "../../trace/select/made-view.ts";
import { madeRun } from "../fit-rules/made-runs.ts";

const STEPS = ["a", "b", "c", "d", "e", "f"].map((name) => look(`ls ${name}`, name));
const FINDINGS: Session["findings"] = [
  { step_ids: [2], kind: "wrong_change", confidence: 0.3, stretch_share: 1 },
  { step_ids: [5], kind: "wrong_change", confidence: 0.6, stretch_share: 1 },
  { step_ids: [3, 4], kind: "wrong_change", confidence: 0.4, stretch_share: 1 },
  { step_ids: [1], kind: "wrong_change", confidence: 0.1, stretch_share: 1 },
];
const SESSION: Session = {
  findings: FINDINGS,
  by_verdict: FINDINGS,
  direct: [2, 4],
  stage_first: [
    { step_ids: [4, 5], confidence: 0.6 },
    { step_ids: [2], confidence: 0.45 },
  ],
};

test("what each choice gives on one run", () => {
  const run = madeRun({ task: "t", gold: [3, 6], run: STEPS });
  const one = selectRun(run, FINDINGS, rules(6, { 3: 0.5, 6: 0.4 }));
  expect(
    Object.fromEntries(BASELINES.map(({ name, steps }) => [name, steps({ one, session: SESSION })])),
  ).toEqual({
    "keep all findings": [1, 2, 3, 4, 5],
    "keep the 1 most confident": [5],
    "keep the 2 most confident": [3, 4, 5],
    "keep the 3 most confident findings": [2, 3, 4, 5],
    "confidence >= 40": [3, 4, 5],
    "stage first, confidence >= 50": [4, 5],
    direct: [2, 4],
    // Steps 2 and 4 have all three votes; 0.4 + 0.6 is more than 0.3 + 0.45.
    "most votes of the three protocols": [4],
    "rules, cross-validated": [3, 6],
    "rules' steps that a finding holds": [3],
    "the last step": [6],
    "the last step but one": [5],
    "the three steps before the last": [3, 4, 5],
    "every step": [1, 2, 3, 4, 5, 6],
    "no step": [],
    "perfect choice among findings": [3],
  });
});

import type { IndexedStep } from "../../../trajectory/index.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { claimAt } from "../claims.ts";
import { broken, firstLack } from "../lacks.ts";
import { actionEvidence, after, faultLine, outputEvidence, saidLast } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { findLine, isSubmission } from "../trace-face.ts";
import { testVerdict } from "../work.ts";

const DISMISSED = 0.75;
const LEFT = 0.7;
const ABOUT_TESTS = /\b(?:tests?|fail\w*|errors?|checks?)\b/i;
/** How scripts of agents mark a failed check. */
const MARKED_AS_FAILED = /^.*(?:[✗✘❌]|\[FAIL(?:ED)?\]|^FAIL(?:ED)?:).*$/m;
const DISMISSES =
  /\b(?:unrelated|pre-?existing|not (?:related|relevant|important|critical|caused)|(?:is|are|was|were) expected|known (?:issue|failure)|can (?:safely )?(?:be )?ignored?|(?:due to|because of|caused by|(?:is|are) an?) (?:the )?environment\w*|flaky|(?:minor|just a) (?:issue|failure|warning))\b/i;

/** A test fails, and the work ends on it. */
export const failingTestsIgnored: Behaviour = {
  id: "failing-tests-ignored",
  polarity: "bad",
  lacks: (run) =>
    firstLack(
      broken(run),
      testRuns(run).length === 0 ? "No test run with a result that says so was recorded." : null,
    ),
  signs: (run) => {
    const last = testRuns(run).at(-1);
    return last === undefined ? [] : ignored(run, last);
  },
};

function testRuns(run: RunRead): IndexedStep[] {
  return run.steps.filter((step) => resultOf(run, step) !== null);
}

/** What a test run showed, with the line that says so, empty where it just did not fail; null = no test run, or it does not say. */
function resultOf(run: RunRead, step: IndexedStep): { passed: boolean; quote: string } | null {
  if (step.touches.tests === undefined || step.observation === null) return null;
  const marked = findLine(run.context.output(step), MARKED_AS_FAILED);
  if (marked !== null) return { passed: false, quote: marked };
  const verdict = testVerdict(run, step);
  if (verdict !== null) return verdict;
  if (!step.failed) return { passed: true, quote: "" };
  const fault = faultLine(run, step);
  return fault === null ? null : { passed: false, quote: fault };
}

function ignored(run: RunRead, test: IndexedStep): Sign[] {
  const verdict = resultOf(run, test);
  const rest = after(run, test.step_id);
  if (verdict === null || verdict.passed || rest.length === 0) return [];
  const dismissal = rest
    .map((one) => saidLast(one, (sentence) => DISMISSES.test(sentence) && ABOUT_TESTS.test(sentence)))
    .find((one) => one !== null);
  const end = rest.find((one) => isSubmission(one) || claimAt(one) !== null);
  if (!dismissal && !end) return [];
  return [
    {
      confidence: dismissal ? DISMISSED : LEFT,
      step_ids: [test.step_id],
      evidence: [
        ...outputEvidence(test, verdict.quote),
        ...(dismissal ? [dismissal] : []),
        ...(end ? actionEvidence(end) : []),
      ],
      reason: `The last test run, at step ${test.step_id}, shows failures, and the agent ends its work${dismissal ? " calling them of no account" : ""} without a run that passes.`,
    },
  ];
}

import type { HintFile } from "../../trajectory/hint.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { renderHintText } from "../render-text.ts";
import { checkEvidence, factBound } from "./check-evidence.ts";
import { checkForbidden } from "./check-forbidden.ts";
import type { ForbiddenText } from "./forbidden.ts";
import { textsOf } from "./hint-texts.ts";
import type { HintProblem } from "./problem.ts";
import { seenBefore } from "./seen.ts";

/**
 * Whether a hint may be given to an agent; empty = yes. Proves three things. Every quote stands character by character in the field of the step that it names,
 * and every fact's before the onset. The text is what the points come to, within the budget. And nothing of it gives the forbidden texts away: no run of 40
 * letters and digits, and no line of code or name of a test, stands in one of them that stood in nothing that the agent saw before the onset. A hint that
 * may hold the verifier's output is compared only with the solution.
 *
 * It cannot prove that a hint says nothing of the gold in other words, or in fewer than 40 characters that are no line of it; that the forbidden texts are
 * all there are; or that a sentence beside a quote follows from it. What an agent read of the tests before its mistake counts as seen.
 */
export function checkHint(
  hint: HintFile,
  workspace: TracedWorkspace,
  { forbidden }: { forbidden: readonly ForbiddenText[] },
): HintProblem[] {
  const compared = hint.allows_verifier ? forbidden.filter(({ is_gold }) => is_gold) : forbidden;
  const seen = seenBefore(workspace, factBound(workspace.diagnosis));
  return [
    ...checkEvidence(hint, workspace),
    ...checkText(hint),
    ...checkForbidden(textsOf(hint), compared, seen),
  ];
}

function checkText(hint: HintFile): HintProblem[] {
  const { text, token_count } = renderHintText(hint, hint.budget_tokens);
  const problems: HintProblem[] = [];
  if (text !== hint.text) {
    const message =
      "the text is not what this version makes of the points: it was changed by hand or written by another version";
    problems.push({ kind: "other_text", place: "text", message });
  }
  if (hint.token_count > hint.budget_tokens || token_count > hint.budget_tokens) {
    const most = Math.max(hint.token_count, token_count);
    const message = `the text has ${most} tokens, and its budget is ${hint.budget_tokens}`;
    problems.push({ kind: "over_budget", place: "token_count", message });
  }
  return problems;
}

import { cleanText } from "../../index-run/clean-text.ts";
import { type Checked, checkBlock, type KnownSteps } from "./check-candidate.ts";
import { checkQuotes } from "./check-quotes.ts";
import type { UnusefulFinding } from "./investigation.ts";
import type { Report } from "./report.ts";
import { stepList } from "./report-context.ts";

const REASONING_CHARS = 800;

/** Checks steps that a model calls unuseful: they explore, were opened, and a quote of them stands. Those that are `wrong` as well are left to that. */
export function checkUnuseful(
  given: Report["unuseful"][number],
  index: number,
  known: KnownSteps,
  wrong: ReadonlySet<number>,
): Checked<UnusefulFinding> {
  const block = checkBlock(given.steps, known);
  const changes = block.ids.filter((id) => known.steps.get(id)?.kind === "change");
  const ids = block.ids.filter((id) => !changes.includes(id) && !wrong.has(id));
  const quotes =
    block.ids.length > 0
      ? checkQuotes([given.quote], block.ids, known.steps)
      : { evidence: [], problems: [] };
  const problems = [
    ...block.problems,
    ...(changes.length > 0
      ? [
          `${stepList(changes)} ${changes.length === 1 ? "changes" : "change"} state, which unuseful exploration does not`,
        ]
      : []),
    ...quotes.problems,
  ];
  const [evidence] = quotes.evidence;
  return {
    proven:
      evidence && ids.length > 0
        ? { step_ids: ids, evidence: [evidence], reasoning: cleanText(given.why, REASONING_CHARS) }
        : null,
    problems: problems.map((problem) => `Unuseful entry ${index + 1}: ${problem}.`),
  };
}

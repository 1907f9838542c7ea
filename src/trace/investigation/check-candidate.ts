import { cleanText } from "../../index-run/clean-text.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { defined } from "../../util/narrow.ts";
import { checkQuotes } from "./check-quotes.ts";
import type { Finding } from "./investigation.ts";
import type { Candidate } from "./report.ts";
import { ascending, stepList } from "./report-context.ts";

const REASONING_CHARS = 1200;
const BETTER_CHARS = 800;

/** What is proven of something that a report says, and sentences about the rest. null = nothing is. */
export interface Checked<T> {
  proven: T | null;
  problems: string[];
}

/** The steps of a run that a report may speak of. */
export interface KnownSteps {
  steps: ReadonlyMap<number, IndexedStep>;
  opened(id: number): boolean;
}

/** Checks a block that a model calls wrong: its steps exist and were opened, its stretch covers it, a quote of the block stands. */
export function checkCandidate(candidate: Candidate, known: KnownSteps): Checked<Finding> {
  const block = checkBlock(candidate.steps, known);
  if (block.ids.length === 0) return { proven: null, problems: block.problems };
  const stretch = checkStretch(candidate, block.ids, known.steps);
  const quotes = checkQuotes(candidate.quotes, block.ids, known.steps);
  const isQuoted = quotes.evidence.some((one) => block.ids.includes(one.step_id));
  const problems = [...block.problems, ...stretch.problems, ...quotes.problems];
  if (!isQuoted) {
    const unquoted = `no quote is from the block itself, ${stepList(block.ids)}`;
    return { proven: null, problems: quotes.problems.length > 0 ? problems : [...problems, unquoted] };
  }
  const proven = defined({
    step_ids: block.ids,
    kind: candidate.kind,
    confidence: candidate.confidence / 100,
    stretch: stretch.steps,
    stretch_share: stretch.share,
    evidence: quotes.evidence,
    reasoning: cleanText(candidate.why, REASONING_CHARS),
    later: candidate.later,
    better_alternative: candidate.better?.trim() ? cleanText(candidate.better, BETTER_CHARS) : undefined,
  });
  return { proven, problems };
}

/** The steps of a block that exist and were opened. */
export function checkBlock(ids: readonly number[], known: KnownSteps): { ids: number[]; problems: string[] } {
  const there = ascending(ids).filter((id) => known.steps.has(id));
  const missing = ascending(ids).filter((id) => !known.steps.has(id));
  const unopened = there.filter((id) => !known.opened(id));
  return {
    ids: there.filter((id) => known.opened(id)),
    problems: [
      ...(missing.length > 0
        ? [
            `${stepList(missing)} ${missing.length === 1 ? "does" : "do"} not exist; the run has steps 1 to ${known.steps.size}`,
          ]
        : []),
      ...(unopened.length > 0
        ? [`${stepList(unopened)} ${unopened.length === 1 ? "was" : "were"} not opened in this session`]
        : []),
    ],
  };
}

interface Stretch {
  steps: readonly [number, number];
  share: number;
  problems: string[];
}

/** The stretch as given where it covers the block, else the least that does. At least the block is wrong in it. */
function checkStretch(candidate: Candidate, block: readonly number[], steps: KnownSteps["steps"]): Stretch {
  const [from, to] = candidate.stretch;
  const first = block[0] ?? from;
  const last = block.at(-1) ?? to;
  const covers = from <= first && to >= last && steps.has(from) && steps.has(to);
  const drawn = covers ? ([from, to] as const) : ([first, last] as const);
  const length = drawn[1] - drawn[0] + 1;
  const problems: string[] = [];
  if (!covers)
    problems.push(`stretch [${from}, ${to}] does not cover the block (${first} to ${last}) within the run`);
  else if (candidate.wrong_in_stretch > length)
    problems.push(
      `wrong_in_stretch is ${candidate.wrong_in_stretch}, but stretch [${from}, ${to}] has ${length} steps`,
    );
  const wrong = Math.max(candidate.wrong_in_stretch, block.length);
  return { steps: drawn, share: Math.min(1, wrong / length), problems };
}

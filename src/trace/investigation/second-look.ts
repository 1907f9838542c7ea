import { cleanText } from "../../index-run/clean-text.ts";
import type { Stage } from "../../trajectory/stage.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { laterFacts } from "./later-facts.ts";
import { printedLine } from "./printed-line.ts";
import type { Candidate, Report } from "./report.ts";
import { ascending, idList, stepList, stepsById } from "./report-context.ts";

const CANDIDATES_MAX = 8;
const NAME_CHARS = 40;
const OUTPUT_REACH = 10;

type Steps = ReadonlyMap<number, IndexedStep>;

/**
 * What the host knows about each candidate of a report, without judging it: its neighbours, what was printed just before it and by it, and what later steps made of
 * its files, its action and its effect. Plain text, about a hundred tokens a candidate, for the eight most confident
 * ones in the report's order. It holds text of the run: the caller fences it.
 */
export function secondLook(
  report: Report,
  run: { steps: readonly IndexedStep[]; stages: readonly Stage[] },
): string {
  const steps = stepsById(run.steps);
  const asked = report.candidates.map((candidate, index) => ({
    candidate,
    number: index + 1,
    block: ascending(candidate.steps).flatMap((id) => steps.get(id) ?? []),
  }));
  const shown = new Set(
    asked
      .filter(({ block }) => block.length > 0)
      .sort((a, b) => b.candidate.confidence - a.candidate.confidence || a.number - b.number)
      .slice(0, CANDIDATES_MAX),
  );
  return asked
    .filter((one) => shown.has(one))
    .map(({ candidate, number, block }) =>
      [
        `Candidate ${number}: ${title(candidate, block, run.stages)}`,
        ...surroundings(block, steps),
        ...laterFacts(block, run.steps),
      ].join("\n- "),
    )
    .join("\n\n");
}

function title(candidate: Candidate, block: readonly IndexedStep[], stages: readonly Stage[]): string {
  const ids = block.map((step) => step.step_id);
  const [from, to] = candidate.stretch;
  const within = stages
    .filter((stage) => ids.some((id) => id >= stage.start_step_id && id <= stage.end_step_id))
    .map((stage) => stage.stage_id);
  return [
    stepList(ids),
    candidate.kind,
    `confidence ${Math.round(candidate.confidence)}`,
    `${candidate.wrong_in_stretch} of ${from}-${to} wrong (${Math.round((100 * candidate.wrong_in_stretch) / Math.max(1, to - from + 1))} %)`,
    ...(within.length > 0 ? [`stage ${idList(within)}`] : []),
  ].join(", ");
}

function surroundings(block: readonly IndexedStep[], steps: Steps): string[] {
  const first = block[0]?.step_id ?? 0;
  const last = block.at(-1);
  const before = steps.get(first - 1);
  const after = steps.get((last?.step_id ?? 0) + 1);
  return [
    ...(before ? [`before: ${told(before)}; ${printedBefore(before, steps)}`] : ["it begins the run"]),
    ...(last ? [`${block.length === 1 ? "it" : `step ${last.step_id}`} printed: ${printedLine(last)}`] : []),
    after ? `after: ${told(after)}` : "it ends the run",
  ];
}

/** The newest output at that time: of commands that are sent together, only the last one has any. */
function printedBefore(before: IndexedStep, steps: Steps): string {
  for (let id = before.step_id; id >= before.step_id - OUTPUT_REACH; id--) {
    const step = steps.get(id);
    if (step && step.observation !== null)
      return `${id === before.step_id ? "" : `step ${id} `}printed: ${printedLine(step)}`;
  }
  return "printed: not recorded";
}

function told(step: IndexedStep): string {
  return `[${step.step_id}] ${cleanText(step.name, NAME_CHARS)} (${step.kind}${step.failed ? ", failed" : ""})`;
}

import type { PageStep, RunPageData } from "../../page/run/data.ts";
import { type BehaviourFlag, type IndexedStep, type Score, SURE_CONFIDENCE } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { actionText, runsShell } from "../action-text.ts";
import { agentWords, outcomeWords } from "../words.ts";
import { fitTexts } from "./fit-texts.ts";
import { pageOf } from "./template.ts";

/**
 * The page of one run: one HTML file that loads nothing and opens from disk. Pure but for reading the built template. Texts of the
 * run stand in it as JSON alone. Throws CodeTracerError `too_large`.
 */
export function runPage(
  workspace: TracedWorkspace,
  flags: readonly BehaviourFlag[],
  score: Score | null,
): string {
  return pageOf(
    "run",
    `${lastPart(workspace.extraction.run)} · CodeTracer`,
    runPageData(workspace, flags, score),
  );
}

/** What the page of a run is filled with. */
export function runPageData(
  workspace: TracedWorkspace,
  flags: readonly BehaviourFlag[],
  score: Score | null,
): RunPageData {
  const { extraction, diagnosis, stages, task } = workspace;
  return {
    run: extraction.run,
    task,
    extraction,
    outcome_words: outcomeWords(extraction.outcome),
    agent_words: agentWords(extraction),
    steps: fitTexts(workspace.steps.map(pageStep)),
    stages,
    diagnosis,
    flags,
    score,
    sure_confidence: SURE_CONFIDENCE,
  };
}

/** A step without what the page has no use for: the arguments stand in the action. */
function pageStep(step: IndexedStep): PageStep {
  const { arguments: _arguments, tool_call_id: _id, ...kept } = step;
  const readable = actionText(step);
  return {
    ...kept,
    ...(readable === step.action ? {} : { readable_action: readable }),
    is_shell: runsShell(step),
  };
}

function lastPart(run: string): string {
  return run.split(/[\\/]/).findLast((part) => part !== "") ?? run;
}

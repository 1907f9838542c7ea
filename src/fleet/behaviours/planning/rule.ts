import type { Evidence, IndexedStep } from "../../../trajectory/index.ts";
import { asArray } from "../../../util/narrow.ts";
import type { Behaviour, Sign } from "../behaviour.ts";
import { fewerSteps, firstLack } from "../lacks.ts";
import { actionEvidence } from "../quotes.ts";
import type { RunRead } from "../run-read.ts";
import { changed } from "../trace-face.ts";

const STEPS_MIN = 4;
const ITEMS_MIN = 3;
const LISTED = 0.9;
const SAID = 0.7;
const THINKING_CHARS = 12_000;
const PLAN_TOOL = /^(?:todo_?write|write_todos|update_plan|task_tracker|todo_list|plan)$/i;
const ANNOUNCES =
  /\b(?:plan|approach|steps?(?: are| to|:)|strategy|I(?:'ll| will| need to| should| have to)|we(?:'ll| will| need to| should)|let me break|to do this|first)\b/i;
const ITEM = /^[ \t]*(?:\d+[.):]|[-*•]|(?:\*\*)?step \d+)[ \t]*\S.*$/gim;
/** A list of what the task demands, in the agent's words, is no plan. */
const RESTATED =
  /^.*\b(?:(?:user|task) (?:wants|asks|is asking|requires|needs|has asked)|requirements?|asked (?:me )?to)\b.*:[ \t]*\n(?:[ \t]*\n)?(?:[ \t]*(?:\d+[.):]|[-*•]|[ \t]+\S).*\n?)+/gim;
/** An item that says what will be done begins with a verb, in whatever dress. */
const DOES =
  /^[ \t]*(?:\d+[.):]|[-*•]|(?:\*\*)?step \d+\W*)[ \t]*(?:\*\*|`)?(?:\[[ x]\] )?(?:first|then|next|finally|also)?,? ?(?:I(?:'ll| will| need to)|we(?:'ll| will| need to)|need to|let me)?[ ]?(?:add|adjust|analy[sz]e|apply|build|calculate|change|check|choose|clean|clone|commit|compare|compile|compute|configure|convert|copy|create|decode|define|deploy|design|determine|develop|download|edit|ensure|examine|execute|explore|extract|figure|find|finish|fix|generate|get|handle|identify|implement|initiali[sz]e|inspect|install|investigate|iterate|launch|list|load|locate|look|make|mend|modify|move|open|parse|patch|prepare|process|push|read|refactor|remove|rename|replace|reproduce|restart|review|rewrite|run|save|search|set|setup|solve|start|submit|test|train|trace|transform|try|understand|update|use|validate|verify|view|wait|write)\b/i;

/** A way laid out before it is gone. */
export const planning: Behaviour = {
  id: "planning",
  polarity: "good",
  lacks: (run) =>
    firstLack(
      fewerSteps(run, STEPS_MIN),
      run.steps.some((step) => step.thinking !== undefined || isPlanTool(step))
        ? null
        : "Neither thinking nor a tool for plans was recorded.",
    ),
  signs: (run) => {
    const early = earlySteps(run);
    const plan = early.flatMap((step) => listed(step) ?? said(step) ?? []);
    return plan.slice(0, 1);
  },
};

/** The steps up to the first change, and the first quarter of the run. */
function earlySteps(run: RunRead): readonly IndexedStep[] {
  const firstChange = run.steps.findIndex((step) => changed(step)) + 1;
  return run.steps.slice(0, Math.max(firstChange, Math.ceil(run.steps.length / 4), 1));
}

function isPlanTool(step: IndexedStep): boolean {
  return step.tool !== undefined && PLAN_TOOL.test(step.tool);
}

function listed(step: IndexedStep): Sign | null {
  if (!isPlanTool(step) || step.failed) return null;
  const lists = Object.values(step.arguments ?? {}).map((value) => asArray(value).length);
  if (Math.max(0, ...lists) < ITEMS_MIN) return null;
  return sign(
    step,
    LISTED,
    actionEvidence(step),
    "A plan of three steps or more is noted with a tool for plans.",
  );
}

function said(step: IndexedStep): Sign | null {
  const text = step.thinking?.slice(0, THINKING_CHARS) ?? "";
  if (!ANNOUNCES.test(text)) return null;
  const items = (text.replace(RESTATED, "").match(ITEM) ?? []).filter((item) => DOES.test(item));
  if (items.length < ITEMS_MIN) return null;
  const quotes = items.slice(0, ITEMS_MIN).map((item) => item.trim().slice(0, 200));
  return sign(
    step,
    SAID,
    quotes.map((quote) => ({ step_id: step.step_id, where: "thinking", quote })),
    `The agent lays out ${items.length} steps before it goes to work.`,
  );
}

function sign(step: IndexedStep, confidence: number, evidence: Evidence[], reason: string): Sign {
  return { confidence, step_ids: [step.step_id], evidence, reason };
}

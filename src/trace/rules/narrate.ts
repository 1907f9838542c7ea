import { SURE_CONFIDENCE } from "../../trajectory/label.ts";
import type { Outcome } from "../../trajectory/outcome.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import type { Story } from "../diagnosis-file.ts";
import type { Candidate } from "./select.ts";

const CHAIN_MAX = 6;

/** A run that the harness broke: why, and that the agent is not judged. */
export function brokenByHarness(failure: { reason: string; source: string }, stepCount: number): Story {
  return story(
    `The harness failed, not the agent: ${sentence(failure.reason)} Source: ${failure.source}. ${plural(stepCount, "recorded step")} ${stepCount === 1 ? "was" : "were"} not judged.`,
  );
}

/** A run without steps. */
export function withoutSteps(reason: string | null): Story {
  return story(`There are no steps to judge. ${reason === null ? "Why is not recorded." : sentence(reason)}`);
}

/** A run in which no rule found anything. */
export function withoutFinding(stepCount: number, outcome: Outcome): Story {
  return story(
    `${outcomeSentence(outcome)} No rule found a step to blame among ${plural(stepCount, "step")}; rules see only plain patterns, so this proves nothing in the agent's favour.`,
  );
}

/** The story of a diagnosed run, from its labels in step order. */
export function diagnosed(
  labels: readonly Candidate[],
  onset: IndexedStep | null,
  cascade: readonly number[],
  run: { steps: readonly IndexedStep[]; outcome: Outcome },
): Story {
  const incorrect = labels.filter((one) => one.detector.label === "incorrect");
  const unuseful = labels.length - incorrect.length;
  const first = incorrect.find((one) => one.step_id === onset?.step_id);
  const parts = [
    outcomeSentence(run.outcome),
    first && onset
      ? `${first.confidence >= SURE_CONFIDENCE ? "It first went wrong at" : "Nothing is certain; most suspicious is"} step ${onset.step_id} of ${run.steps.length}: ${first.detector.title}. ${first.reasoning}`
      : "No step is found to be wrong.",
    cascade.length > 0
      ? `${plural(cascade.length, "later step")} ${cascade.length === 1 ? "follows" : "follow"} from it.`
      : "",
    unuseful > 0 ? `${plural(unuseful, "step")} brought no new evidence.` : "",
  ];
  const advice = [...new Set((incorrect.length > 0 ? incorrect : labels).map((one) => one.detector.advice))];
  return {
    summary: parts.filter((part) => part.length > 0).join(" "),
    root_cause_chain: chain(incorrect, run.outcome),
    critical_decisions: incorrect.map((one) => ({
      step_id: one.step_id,
      decision: `${run.steps[one.step_id - 1]?.name ?? "step"}: ${one.detector.title}`,
    })),
    strategy: advice.slice(0, 3).join(" "),
  };
}

function chain(incorrect: readonly Candidate[], outcome: Outcome): string[] {
  if (incorrect.length === 0) return [];
  const links = incorrect.slice(0, CHAIN_MAX).map((one) => `Step ${one.step_id}: ${one.reasoning}`);
  const more = incorrect.length - links.length;
  return [
    ...links,
    ...(more > 0 ? [`${plural(more, "more wrong step")} after that.`] : []),
    outcomeSentence(outcome),
  ];
}

/** Whether the task was solved, and who says so. */
export function outcomeSentence(outcome: Outcome): string {
  const source = outcome.source === null ? "" : ` (${outcome.source})`;
  if (outcome.resolved === true) return `The task was solved${source}.`;
  if (outcome.resolved === false) return `The task was not solved${source}.`;
  return "Whether the task was solved is not recorded.";
}

function story(summary: string): Story {
  return { summary, root_cause_chain: [], critical_decisions: [], strategy: null };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

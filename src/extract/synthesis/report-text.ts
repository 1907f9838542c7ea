import type { Step } from "../../trajectory/step.ts";
import { type Examined, passes, type TrialResult } from "./examine.ts";

const MAX_STEPS_SHOWN = 3;
const ACTION_CHARS = 160;
const OBSERVATION_CHARS = 200;
const DETAIL_CHARS = 400;

/** The fidelity report as a model reads it, not yet fenced: it quotes steps. */
export function reportText(results: readonly TrialResult[]): string {
  const all = results.every(passes);
  const head = all
    ? "Everything passes: you can submit."
    : "Not yet: what is marked FAILED has to be mended.";
  return [head, ...results.map(trialText)].join("\n\n");
}

function trialText(result: TrialResult): string {
  const { role, number } = result.trial;
  if ("failure" in result)
    return `${NAMES[role]} ${number}: FAILED\n  ${clipped(result.failure, DETAIL_CHARS)}`;
  // What is printed of a run that cannot be looked at would only be guessed about.
  const isShown = role === "this";
  return result.runs.map((run, index) => runText(run, index, isShown)).join("\n\n");
}

const NAMES = {
  this: "the run in /run",
  sibling: "a run beside it (not shown), no.",
  sample: "a sample kept from an earlier run (not shown), no.",
} as const;

function runText(run: Examined, index: number, isShown: boolean): string {
  const { role, number, found, trajectory, fidelity, problems } = run;
  const place =
    isShown && (found.files.focus ?? found.folder) !== ""
      ? ` ${found.folder}/${found.files.focus ?? ""}`
      : "";
  const verdict = problems.length === 0 ? "passes" : `FAILED: ${problems.join("; ")}`;
  const checks = fidelity.checks.map(
    ({ name, passed, detail }) =>
      `  ${passed === null ? "not checked" : passed ? "ok" : "FAILED"}  ${name}: ${clipped(detail, DETAIL_CHARS)}`,
  );
  return [
    `${NAMES[role]} ${role === "this" ? index + 1 : number}${place}: ${verdict}`,
    `  ${trajectory.steps.length} steps, task ${trajectory.task === null ? "not found" : "found"}, files used: ${trajectory.files_used.length}`,
    ...checks,
    ...(isShown ? shownSteps(trajectory.steps) : []),
  ].join("\n");
}

/** The first steps and the last one, as they were read. */
function shownSteps(steps: readonly Step[]): string[] {
  const chosen = [...steps.slice(0, MAX_STEPS_SHOWN - 1), ...steps.slice(MAX_STEPS_SHOWN - 1).slice(-1)];
  return chosen.flatMap((step) => [
    `  step ${step.step_id}, ${placeText(step)}`,
    `    action: ${clipped(step.action, ACTION_CHARS)}`,
    `    observation: ${step.observation === null ? "null" : clipped(step.observation, OBSERVATION_CHARS)}`,
  ]);
}

function placeText({ action_ref }: Step): string {
  if (action_ref === null) return "without a place";
  return `${action_ref.path}:${action_ref.line_start}-${action_ref.line_end}`;
}

function clipped(text: string, chars: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > chars ? `${line.slice(0, chars)}…` : line;
}

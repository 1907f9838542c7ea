import { Page, type RenderOptions } from "../report/page.ts";
import { renderSteps } from "../report/steps.ts";
import { agentWords, outcomeWords } from "../report/words.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";

/** The run as plain text in pieces, for a pager or a file: what the diagnosis says, then every step whole, from one on, under its stage. */
export function* plainWalk(
  workspace: TracedWorkspace,
  fromStepId: number,
  options: RenderOptions,
): Generator<string> {
  const { extraction, diagnosis, stages, steps } = workspace;
  yield introduction(workspace, options);
  for (const step of steps.slice(Math.max(fromStepId - 1, 0))) {
    const stage = stages.find((one) => one.start_step_id === step.step_id);
    const page = new Page(options);
    if (stage !== undefined)
      page.heading(
        `Stage ${stage.stage_id} of ${stages.length}: ${stage.stage}, steps ${stage.start_step_id}–${stage.end_step_id}`,
      );
    if (step.step_id === diagnosis.onset_step_id)
      page.paragraph("Onset: the failure begins with this step.", 0, page.colors.red);
    const above = page.toString().trimEnd();
    yield `\n${above === "" ? "" : `${above}\n\n`}${renderSteps([step], labelsOf(workspace, step.step_id), { ...options, full: true })}`;
  }
  if (steps.length === 0 && extraction.empty_reason !== null) {
    const page = new Page(options);
    page.paragraph(`No steps: ${extraction.empty_reason}`);
    yield `\n${page.toString()}`;
  }
}

function labelsOf({ diagnosis }: TracedWorkspace, stepId: number): TracedWorkspace["diagnosis"]["labels"] {
  return diagnosis.labels.filter((label) => label.step_id === stepId);
}

function introduction({ extraction, diagnosis }: TracedWorkspace, options: RenderOptions): string {
  const page = new Page(options);
  page.path("Run", extraction.run, page.colors.bold);
  page.field("Agent", agentWords(extraction));
  page.field("Steps", `${extraction.step_count}`);
  page.field("Outcome", outcomeWords(extraction.outcome));
  page.gap();
  page.paragraph(diagnosis.summary);
  return page.toString();
}

import { Page, type RenderOptions } from "../../report/page.ts";
import { plural, shellWord } from "../../report/words.ts";
import type { PlannedStep, ReplayPlan } from "./plan.ts";
import { DANGERS, type Risk } from "./risk.ts";

const FILES_SHOWN = 4;

/** A plan as a person reads it: from where, what would be done again, and what may go wrong. Pure. */
export function renderPlan(plan: ReplayPlan, options: RenderOptions): string {
  const page = new Page(options);
  page.path("Run", plan.run, page.colors.bold);
  page.field("Fork point", forkWords(plan));
  if (plan.to_step_id === null) {
    page.gap();
    page.paragraph("Name the step whose state is to be rebuilt with --to <step>.");
    return page.toString();
  }
  if (plan.to_step_id !== plan.fork_point.step_id)
    page.field("Up to", `step ${plan.to_step_id}, as asked for`);
  page.field("Steps", countWords(plan));
  if (plan.recorded_root !== null) page.field("Works in", plan.recorded_root);
  page.gap();
  for (const step of plan.steps) oneStep(page, step, plan.recorded_root);
  summary(page, plan);
  return page.toString();
}

function forkWords({ fork_point: { step_id, reason } }: ReplayPlan): string {
  if (step_id === null) return `none: ${reason}`;
  return step_id === 0 ? reason : `step ${step_id}: ${reason}`;
}

function countWords({ steps, step_count }: ReplayPlan): string {
  const of = (form: PlannedStep["act"]["form"]): number =>
    steps.filter((step) => step.act.form === form).length;
  const byHand = of("manual");
  const leftOut = of("nothing") + of("part");
  const parts = [
    `${steps.length} of ${step_count} change state`,
    byHand > 0 ? `${byHand} to be done by hand` : "",
    leftOut > 0 ? `${leftOut} need nothing` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function oneStep(page: Page, step: PlannedStep, root: string | null): void {
  const { red, yellow, dim } = page.colors;
  const notes = step.risks.filter(({ kind, detail }) => detail === "" && !DANGERS.has(kind));
  const parts = [step.name, filesWords(step, root), ...notes.map(({ kind }) => kind)];
  page.line(`${String(step.step_id).padStart(4)}  ${parts.filter((part) => part !== "").join(" · ")}`);
  const { act } = step;
  if (act.form === "manual") page.paragraph(`by hand: ${act.reason}`, 6, red);
  if (act.form === "nothing") page.paragraph(`left out: ${act.reason}`, 6, dim);
  if (act.form === "part") page.paragraph(`left out: its keys are run with step ${act.completed_by}`, 6, dim);
  if (act.form === "part" || act.form === "nothing") return;
  if (step.expected.failed)
    page.paragraph(`failed in the recording${exitWords(step)}, and is expected to`, 6, dim);
  for (const risk of step.risks.filter((one) => !notes.includes(one)))
    page.paragraph(riskWords(risk), 6, DANGERS.has(risk.kind) ? yellow : dim);
}

function exitWords({ expected }: PlannedStep): string {
  return expected.exit_code === null ? "" : ` with exit code ${expected.exit_code}`;
}

/** Files as seen from the recording's root, where the step's own name does not tell them already. */
function filesWords({ files, name }: PlannedStep, root: string | null): string {
  const seen = files.map((file) =>
    root !== null && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file,
  );
  const untold = [...new Set(seen)].filter((file) => !name.includes(file));
  const more = untold.length > FILES_SHOWN ? ` and ${untold.length - FILES_SHOWN} more` : "";
  return `${untold.slice(0, FILES_SHOWN).join(", ")}${more}`;
}

function riskWords({ kind, detail }: Risk): string {
  return `risk: ${kind}${detail === "" ? "" : ` (${detail})`}`;
}

function summary(page: Page, plan: ReplayPlan): void {
  const manual = plan.steps.find(({ act }) => act.form === "manual");
  if (plan.steps.length === 0) page.paragraph("Nothing up to there changed state: the start is the state.");
  const risky = plan.steps.filter(
    ({ act, risks }) => isRun(act.form) && risks.some(({ kind }) => DANGERS.has(kind)),
  );
  page.gap();
  if (manual !== undefined)
    page.paragraph(
      `A replay stops at step ${manual.step_id}, which must be done by hand and confirmed with --done ${manual.step_id}.`,
    );
  if (risky.length > 0)
    page.paragraph(
      `${plural(risky.length, "step")} may reach further than the folder of a replay; --only-safe stops before each.`,
    );
  if (!plan.steps.some(({ act }) => isRun(act.form))) return;
  const map = plan.recorded_root === null ? "" : ` --map ${shellWord(plan.recorded_root)}=.`;
  page.paragraph(
    "Nothing was run. A replay begins with what its folder holds: put there what the task started with.",
  );
  page.whole("--script <file> writes a script of it; this runs it in a sandbox:");
  page.whole(`--execute --workdir <folder>${map}`, 2);
}

function isRun(form: PlannedStep["act"]["form"]): boolean {
  return form === "shell" || form === "files";
}

import { Page, type RenderOptions } from "../../report/page.ts";
import { plural } from "../../report/words.ts";
import type { PlannedStep } from "../plan/plan.ts";
import type { Comparison, ReplayedStep, ReplayFile } from "./replay-file.ts";

/** One step of a replay as a person reads it: what it did, and whether it gave what the recording has. Pure. */
export function renderReplayedStep(step: ReplayedStep, name: string, options: RenderOptions): string {
  const page = new Page(options);
  const { red, yellow, green, dim } = page.colors;
  const head = `${String(step.step_id).padStart(4)}  ${name}`;
  const state = stateWords(step);
  const color = step.matters
    ? red
    : step.comparison?.state === "different"
      ? yellow
      : step.comparison === null
        ? dim
        : green;
  page.line(`${head} · ${state}`, 0, color);
  const { comparison } = step;
  if (comparison?.state === "different") {
    page.line(`recorded, line ${comparison.line}: ${comparison.recorded ?? "(no such line)"}`, 6);
    page.line(`now,      line ${comparison.line}: ${comparison.replayed ?? "(no such line)"}`, 6);
  }
  if (comparison?.state === "exit_code" && step.output.trim() !== "")
    page.line(`it ends with: ${step.output.trim().split("\n").at(-1) ?? ""}`, 6, dim);
  return page.toString();
}

function stateWords({ how, comparison, stopped }: ReplayedStep): string {
  if (how === "left_out") return "left out";
  if (how === "by_hand") return "done by hand";
  if (stopped === "time") return "stopped at the time limit";
  if (stopped === "output") return "stopped: it printed too much";
  return comparison === null ? "not run" : comparisonWords(comparison);
}

function comparisonWords(comparison: Comparison): string {
  switch (comparison.state) {
    case "same":
      return "same";
    case "same_normalised":
      return `same but for ${comparison.rules.join(", ")}`;
    case "different":
      return "different output";
    case "exit_code": {
      const recorded = comparison.recorded ?? (comparison.recorded_failed ? "a failure" : "no failure");
      return `exit code ${comparison.replayed ?? "none"}, in the recording ${recorded}`;
    }
    case "not_compared":
      return `done; not compared: ${comparison.reason}`;
  }
}

/** How a replay ended. Pure. */
export function renderReplayEnd(
  replay: ReplayFile,
  planned: readonly PlannedStep[],
  file: string,
  options: RenderOptions,
): string {
  const page = new Page(options);
  const ran = replay.steps.filter((step) => step.how === "ran");
  const count = (states: readonly string[]): number =>
    ran.filter(({ comparison }) => comparison !== null && states.includes(comparison.state)).length;
  const parts = [
    `${count(["same", "same_normalised"])} as recorded`,
    `${count(["different", "exit_code"])} different`,
    `${count(["not_compared"])} not comparable`,
  ];
  page.field("Replayed", `${plural(ran.length, "step")} of ${planned.length}: ${parts.join(", ")}`);
  page.path("Where", replay.where);
  page.path("Result", file);
  page.gap();
  if (replay.stopped !== null)
    page.paragraph(
      `Stopped at step ${replay.stopped.step_id}: ${replay.stopped.reason}.`,
      0,
      page.colors.red,
    );
  else if (replay.finished) {
    const differing = replay.steps
      .filter((step) => step.matters && !step.accepted)
      .map(({ step_id }) => step_id);
    page.paragraph(
      differing.length === 0
        ? `The state after step ${replay.to_step_id} is rebuilt, as far as the recording tells.`
        : `The replay came to step ${replay.to_step_id}, but went another way at ${differing.map((id) => `step ${id}`).join(", ")}: the state may be another.`,
    );
  } else page.paragraph(`Interrupted in step ${replay.in_flight ?? "?"}.`);
  return page.toString();
}

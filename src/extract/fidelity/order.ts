import type { FidelityCheck } from "../../trajectory/extraction.ts";
import type { Step } from "../../trajectory/step.ts";
import type { Extractor } from "../extractor.ts";
import { listed } from "./listed.ts";
import type { Survey } from "./survey.ts";

/** Where and when a call was recorded. */
interface Position {
  order: number | undefined;
  ref: Step["action_ref"];
  time: string | undefined;
}

/**
 * Whether the steps come in the order in which their calls stand in the raw files, or in that of their times where the
 * files tell no order; each agent's by themselves.
 */
export function checkOrder(
  steps: readonly Step[],
  { callOrders, outOfOrder }: Survey,
  order: Extractor["order"] = "file",
): FidelityCheck {
  const isBefore = order === "time" ? startedBefore : standsBefore;
  const last = new Map<string, Position>();
  const wrong: number[] = [];
  for (const [at, step] of steps.entries()) {
    const before = last.get(step.agent);
    const here: Position = { order: callOrders[at], ref: step.action_ref, time: step.started_at };
    const isMisplaced = order === "file" && outOfOrder.has(at) && here.time === undefined;
    if (isMisplaced || (before && isBefore(here, before))) wrong.push(step.step_id);
    last.set(step.agent, {
      order: here.order ?? before?.order,
      ref: here.ref ?? before?.ref ?? null,
      time: here.time,
    });
  }
  const located = callOrders.filter((order) => order !== undefined).length;
  return {
    name: "calls in the order of the raw files",
    passed: steps.length < 2 ? null : wrong.length === 0,
    value: wrong.length,
    detail:
      wrong.length === 0
        ? `${located} of ${steps.length} calls were found in the texts`
        : `steps ${listed(wrong)} stand before the step that comes before them`,
  };
}

function startedBefore({ time }: Position, other: Position): boolean {
  return time !== undefined && other.time !== undefined && Date.parse(time) < Date.parse(other.time);
}

/** By their lines; where these are the same or in other files, by the texts. Not all files are in the order of time. */
function standsBefore(here: Position, other: Position): boolean {
  if (startedBefore(other, here)) return false;
  if (
    here.ref &&
    other.ref &&
    here.ref.path === other.ref.path &&
    here.ref.line_start !== other.ref.line_start
  )
    return here.ref.line_start < other.ref.line_start;
  return here.order !== undefined && other.order !== undefined && here.order < other.order;
}

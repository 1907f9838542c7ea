import type { Ref, Step } from "../../trajectory/step.ts";

/** More calls are not looked through for the next turn. */
const MAX_TURN = 50;

/**
 * Ids of the steps whose observation stands before their call or behind the next turn's, by the lines they name. null
 * where lines tell nothing: calls that have ids, or several of which stand on one line, or whose lines are in no order.
 */
export function misplacedObservations(steps: readonly Step[]): number[] | null {
  const lines = new Set(steps.map(({ action_ref: ref }) => ref && `${ref.path}:${ref.line_start}`));
  const tells = ({ action_ref, tool_call_id }: Step, at: number): boolean =>
    action_ref !== null &&
    tool_call_id === undefined &&
    !startsBefore(action_ref, steps[at - 1]?.action_ref ?? null);
  if (lines.size < steps.length || !steps.every(tells)) return null;
  return steps
    .filter((step, at) => {
      const next = steps.slice(at + 1, at + MAX_TURN).find((other) => !isSameTurn(step, other));
      const ref = step.observation_ref;
      return startsBefore(ref, step.action_ref) || startsBefore(next?.action_ref ?? null, ref);
    })
    .map((step) => step.step_id);
}

function isSameTurn(step: Step, other: Step): boolean {
  const { parallel_group: group, agent } = step;
  return agent !== other.agent || (group !== undefined && group === other.parallel_group);
}

function startsBefore(ref: Ref | null, other: Ref | null): boolean {
  return ref !== null && other !== null && ref.path === other.path && ref.line_start < other.line_start;
}

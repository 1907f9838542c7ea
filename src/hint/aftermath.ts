import type { Evidence } from "../trajectory/label.ts";
import type { IndexedStep } from "../trajectory/step.ts";
import { errorIn } from "./facts/error-line.ts";
import { code, seen } from "./quoting.ts";
import { segmentsOf } from "./segments.ts";

const REACH_STEPS = 8;
const COMMAND_CHARS = 90;

/** What came of a step that wrote a file: the first failure of a later command on it, or that nothing ever tried it. null = neither. */
export function aftermathOf(
  step: IndexedStep,
  steps: readonly IndexedStep[],
): { text: string; evidence: Evidence[] } | null {
  const name = step.touches.writes?.[0]?.split("/").at(-1);
  if (name === undefined || name.length < 3) return null;
  const later = steps.slice(step.step_id);
  const uses = later.filter(
    (one) => one.action.includes(name) && one.touches.writes?.some((path) => path.endsWith(name)) !== true,
  );
  if (uses.length === 0)
    return later.length > 0 &&
      later.every((one) => !one.touches.tests) &&
      step.observation !== null &&
      !runsItself(step, name)
      ? { text: `No later command of it names ${code(name)}.`, evidence: [] }
      : null;
  for (const { command, lines, step_id, step: by } of segmentsOf(later.slice(0, REACH_STEPS))) {
    const error = uses.includes(by) ? errorIn(lines) : null;
    if (error !== null)
      return {
        text: `What came of it: ${code(command, COMMAND_CHARS)} showed ${code(error)}.`,
        evidence: [seen(step_id, error)],
      };
  }
  return null;
}

/** `cat > x <<EOF … EOF && ./x` tries what it writes. */
function runsItself({ action }: IndexedStep, name: string): boolean {
  return action.indexOf(name) !== action.lastIndexOf(name);
}

import type { IndexedStep } from "../../trajectory/step.ts";
import { plainText } from "./plain-text.ts";

const TEXT_CHARS_LEAST = 40;
/** Where the next reasons speak of a time-out, less text is enough. */
const OWNED_CHARS_LEAST = 8;
const REASONS_CHARS = 500;
const WINDOW_CHARS = 24_000;
const LINES_LEAST = 3;
const FRAMES = /<\/?output>|<(?:returncode|exit_code)>-?\d*<\/\w+>/g;
const TIME_OUT =
  /\btim(?:e|es|ed|ing)[ -]?out|\btak(?:es|ing|en) (?:a |an |way |far )?(?:very |really |extremely )?(?:too )?(?:much )?(?:long|time)|\btoo slow|\b(?:been|got|was) killed|\bhang(?:s|ing)\b|\bhung\b|\bstill (?:running|ongoing|building|in progress)/i;

/**
 * For every step, the later one whose output stands in its place; null = its output is its own. Some harnesses that give up waiting for a command record
 * the text of the next one twice.
 */
export function misplacedOutputs(steps: readonly IndexedStep[]): (number | null)[] {
  const found: (number | null)[] = steps.map(() => null);
  for (let at = steps.length - 2; at >= 0; at--) {
    const [step, next] = [steps[at], steps[at + 1]];
    if (!step?.observation || step.observation !== next?.observation) continue;
    const further = found[at + 1] ?? null;
    if (further !== null) found[at] = further;
    else if (isOfNext(step, next)) found[at] = next.step_id;
  }
  return found;
}

/** Two steps have the same text: whether it is the second one's. Programs that say the same twice are many, so there must be a sign of it. */
function isOfNext(step: IndexedStep, next: IndexedStep): boolean {
  const [done, then] = [step.action.trim(), next.action.trim()];
  if (done === "" || then === "" || done === then || step.tool !== next.tool) return false;
  const text = plainText((next.observation ?? "").slice(0, WINDOW_CHARS))
    .replace(FRAMES, "")
    .trim();
  if (TIME_OUT.test(text)) return false;
  if (TIME_OUT.test((next.thinking ?? "").slice(0, REASONS_CHARS))) return text.length >= OWNED_CHARS_LEAST;
  const areUnlike = next.near_repeat_of !== step.step_id && !sharesProgram(step, next);
  return areUnlike && text.length >= TEXT_CHARS_LEAST && text.split("\n").length >= LINES_LEAST;
}

function sharesProgram({ touches: one }: IndexedStep, { touches: other }: IndexedStep): boolean {
  const mains = (programs: readonly string[]): string[] => programs.filter((program) => program !== "cd");
  const programs = new Set(mains(one.programs));
  return programs.size === 0 || mains(other.programs).some((program) => programs.has(program));
}

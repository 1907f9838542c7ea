import { countTokens } from "../../model/count-tokens.ts";
import { nonceOf } from "../fence.ts";
import { cutMiddle } from "../views/plain-text.ts";
import { askPart, type PartWork } from "./ask-part.ts";
import { Calls } from "./calls.ts";
import { runPrompt } from "./direct-prompt.ts";
import { type AnsweredPart, mergeParts, toldOf } from "./merge-parts.ts";
import { type RunPart, splitRun, wholeRun } from "./parts.ts";
import type { DirectInput, DirectPorts, DirectResult } from "./ports.ts";
import { roomForSteps } from "./room.ts";
import { ShownSteps } from "./shown-steps.ts";
import { endOf, goesOn, unfinished } from "./unfinished.ts";

const TOLD_CHARS = 4_000;
const HEADING_TOKENS = 18;

/**
 * Reads a run in one prompt, or in as few as hold it, and asks for a report each time. Every claim of a report is checked; one that does not hold is
 * handed back twice, then what is proven is kept. Throws CodeTracerError `model` where the model has no room for a run, ModelError where it
 * gives no reply for a reason that is not the run's.
 */
export async function traceDirect(input: DirectInput, ports: DirectPorts): Promise<DirectResult> {
  const nonce = nonceOf(input);
  const shown = new ShownSteps(input.steps, nonce);
  const frame = await frameTokens(input, nonce);
  const room = roomForSteps(ports.context_tokens, ports.limits.max_output_tokens, frame);
  const parts = splitRun(input.stages, leastTokens(input, shown), room);
  const calls = new Calls(ports);
  const answered: AnsweredPart[] = [];
  for (const part of parts) {
    const work = partWork(input, { nonce, shown, room, part, parts, before: told(answered) });
    const answer = await askPart(work, calls);
    answered.push({ part, answer });
    if (!goesOn(answer.end)) break;
  }
  const merged = mergeParts(answered);
  const end = endOf(answered);
  calls.finish(end);
  return {
    investigation: { ...merged, warnings: [...merged.warnings, ...unfinished(answered, parts)] },
    spent: calls.spent,
    end,
    parts: parts.length,
    judged_parts: answered.filter(({ answer }) => answer.investigation !== null).length,
    handed_back: answered.reduce((total, { answer }) => total + answer.handed_back, 0),
  };
}

interface PartPlan {
  nonce: string;
  shown: ShownSteps;
  /** Tokens for the steps of one prompt. */
  room: number;
  part: RunPart;
  parts: readonly RunPart[];
  before: string;
}

function partWork(input: DirectInput, { nonce, shown, room, part, parts, before }: PartPlan): PartWork {
  const { first_step_id, last_step_id, stages } = part;
  return {
    prompt: async (share) => {
      const tokens = share * room - stages.length * HEADING_TOKENS;
      const steps = await shown.within(first_step_id, last_step_id, tokens);
      return runPrompt(input, nonce, { part, parts, before, steps });
    },
    // What earlier parts showed counts as opened: a later one may correct what was said of it.
    context: { steps: input.steps, stages, opened: (id) => id <= last_step_id },
  };
}

/** Tokens of the prompt without steps and the headings of their stages. */
async function frameTokens(input: DirectInput, nonce: string): Promise<number> {
  const part = wholeRun([], input.steps.length);
  const messages = runPrompt(input, nonce, { part, parts: [part], before: "", steps: [] });
  return await countTokens(messages.map(({ text }) => text).join("\n"));
}

/** What each step takes at the least; the first of a stage with its heading. */
function leastTokens({ stages }: DirectInput, shown: ShownSteps): number[] {
  const starts = new Set(stages.map(({ start_step_id }) => start_step_id));
  return shown.leastTokens().map((tokens, index) => tokens + (starts.has(index + 1) ? HEADING_TOKENS : 0));
}

function told(answered: readonly AnsweredPart[]): string {
  const parts = answered.flatMap(({ part, answer }) =>
    answer.report === null ? [] : [toldOf(part, answer.report)],
  );
  return cutMiddle(parts.join("\n"), TOLD_CHARS);
}

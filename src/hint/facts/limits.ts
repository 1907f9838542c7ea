import { namesTouchedFile } from "../attempt-state.ts";
import { code, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Fact, Miner } from "./fact.ts";

const REFUSED_WORTH = 0.85;
const TIMEOUT_WORTH = 0.8;
const COMMAND_CHARS = 110;
const TIMEOUTS_MOST = 2;

const REFUSED =
  /requested permissions? to|haven't granted|permission to use .* (?:has been|was) denied|is not allowed in|disabled in this/i;
const TIMED_OUT =
  /\bcommand .{0,60}timed out\b|^timed out|\bTimeoutExpired\b|\bexceeded (?:the )?time ?limit|no (?:new )?(?:response|output) (?:from .* )?after \d+|\btimed out after \d+/i;

/** What the harness does not let the agent do: tools that it refuses, commands that it stops. */
export const limits: Miner = ({ segments, stateBefore }) => {
  const refused = new Map<string, Fact>();
  const stopped: Fact[] = [];
  for (const segment of segments) {
    const { tool } = segment.step;
    const refusal = segment.lines.find((line) => REFUSED.test(line))?.trim();
    if (tool !== undefined && segment.step.failed && refusal !== undefined && !refused.has(tool))
      refused.set(tool, refusedFact(tool, segment, refusal));
    const late = lateLine(segment);
    const isOwn = namesTouchedFile(segment.command, stateBefore(segment.step.step_id));
    if (late !== null && !isOwn) stopped.push(stoppedFact(segment, late));
  }
  return [...refused.values(), ...stopped.slice(0, TIMEOUTS_MOST)];
};

function lateLine({ step, lines, command }: Segment): string | null {
  if (!step.failed || command.length < 4 || /^(?:python3?|node) -[ce]/.test(command)) return null;
  return [...lines.slice(0, 2), ...lines.slice(-3)].find((line) => TIMED_OUT.test(line))?.trim() ?? null;
}

function refusedFact(tool: string, { step_id }: Segment, refusal: string): Fact {
  return {
    text: `The tool ${code(tool)} was refused: ${code(refusal)}.`,
    evidence: [seen(step_id, refusal)],
    worth: REFUSED_WORTH,
  };
}

function stoppedFact({ command, step_id }: Segment, late: string): Fact {
  return {
    text: `${code(command, COMMAND_CHARS)} was stopped for its time: ${code(late)}. Run such work in the background with a log.`,
    evidence: [seen(step_id, late)],
    worth: TIMEOUT_WORTH,
  };
}

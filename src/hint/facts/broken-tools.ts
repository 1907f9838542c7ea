import { code, codeList, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Miner } from "./fact.ts";

const WORTH = 0.91;
const TIMES_LEAST = 2;

/** What is wrong with the arguments, and not with the tool. */
const OF_THE_CALL =
  /does not exist|not found in file|has not been read|not unique|no changes|invalid|required|tool_use_error|requested permissions?|No such file|Is a directory|EISDIR|exceeds/i;

/** Tools of the agent that failed whenever they were called, always with the same message. */
export const brokenTools: Miner = ({ segments }) => {
  const byMessage = new Map<string, Segment[]>();
  const working = new Set<string>();
  for (const segment of segments) {
    const { tool, action, failed, touches } = segment.step;
    const [first] = segment.lines;
    if (tool === undefined || !action.startsWith(`${tool} {`) || touches.writes) continue;
    if (!failed && segment.step.observation !== null) working.add(tool);
    else if (failed && first !== undefined && !OF_THE_CALL.test(first))
      byMessage.set(first.trim(), [...(byMessage.get(first.trim()) ?? []), segment]);
  }
  return [...byMessage].flatMap(([message, calls]) => {
    const tools = [...new Set(calls.flatMap(({ step }) => step.tool ?? []))].filter(
      (tool) => !working.has(tool),
    );
    const [first] = calls;
    if (!first || calls.length < TIMES_LEAST || tools.length === 0) return [];
    const say = tools.length === 1 ? "The tool" : "The tools";
    return [
      {
        text: `${say} ${codeList(tools, 4)} failed at every call: ${code(message)}. Use the shell instead.`,
        evidence: [seen(first.step_id, message)],
        worth: WORTH,
      },
    ];
  });
};

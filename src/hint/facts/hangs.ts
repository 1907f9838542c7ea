import type { Evidence } from "../../trajectory/label.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { namesTouchedFile } from "../attempt-state.ts";
import { codeList, done, firstLine } from "../quoting.ts";
import type { Miner } from "./fact.ts";

const WORTH = 0.92;
const COMMANDS_MOST = 3;
const REASONS_CHARS = 500;
const SAYS_TIME_OUT =
  /\btim(?:ed|es|ing)[ -]?out\b|\btaking (?:too|way too|very|a) (?:very )?long\b|\b(?:got|was) killed\b/i;

/**
 * Commands that the harness stopped for their time without saying so: it recorded the text of the next command in their place, and the
 * agent speaks of a time-out.
 */
export const hangs: Miner = ({ steps, stateBefore }) => {
  const stopped = steps.flatMap((step, index) => {
    const said = stoppedBy(step, steps[index + 1]);
    return said && !namesTouchedFile(step.action, stateBefore(step.step_id)) ? [{ step, said }] : [];
  });
  const [first] = stopped;
  if (!first) return [];
  const commands = [...new Set(stopped.map(({ step }) => firstLine(step.action)))];
  return [
    {
      text: `Long commands are stopped here before they end: ${codeList(commands, COMMANDS_MOST)} did not come back. Run such work in the background with a log, and look at the log until it ends.`,
      evidence: stopped.slice(0, COMMANDS_MOST).flatMap(({ step, said }) => {
        const command = done(step);
        return command ? [command, said] : [said];
      }),
      worth: WORTH,
    },
  ];
};

function stoppedBy(step: IndexedStep, next: IndexedStep | undefined): Evidence | null {
  if (!next?.thinking || step.observation === null || step.observation !== next.observation) return null;
  if (step.action.trim() === next.action.trim() || step.action.includes("<<")) return null;
  const sentence = next.thinking
    .slice(0, REASONS_CHARS)
    .split(/(?<=[.!?])\s+|\n+/)
    .find((one) => SAYS_TIME_OUT.test(one));
  return sentence === undefined ? null : { step_id: next.step_id, where: "thinking", quote: sentence.trim() };
}

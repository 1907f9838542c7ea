import type { ChatMessage } from "../model/model.ts";
import { defined } from "../util/narrow.ts";
import { prompt } from "../util/prompt.ts";
import { Asker, isAbort } from "./ask.ts";
import { commandOf, withoutThought } from "./command-of.ts";
import type { Journal } from "./journal.ts";
import type { CommandResult, LoopEnd, LoopLimits, LoopPorts, LoopUsage } from "./loop-types.ts";

/** How a loop went. */
export interface LoopResult {
  end: LoopEnd;
  /** Of all calls, those of an earlier process among them. */
  usage: LoopUsage;
  /** Replies without exactly one command. */
  malformed_replies: number;
  /** Calls that were not paid again: their replies stood in the journal. */
  replayed_calls: number;
}

/**
 * Asks, runs the one command of the reply, hands back its output, until the work is handed in or a limit is reached. `start` is the system message and the
 * first of the user. Where the journal holds the beginning of the same session, its replies stand in for calls; commands are run again for what they leave in the
 * shell, in their order, while the model reads the recorded outputs. Throws what a call or a command throws; all finished calls stand in the journal.
 */
export async function runLoop(
  start: readonly ChatMessage[],
  ports: LoopPorts,
  limits: LoopLimits,
  journal: Journal,
): Promise<LoopResult> {
  const messages = [...start];
  const asker = new Asker(ports, limits, journal);
  let malformed = 0;
  let inARow = 0;
  const finish = (end: LoopEnd, isFinal = true): LoopResult => {
    const usage = asker.usage.total();
    if (isFinal) journal.append({ type: "session_ended", end, usage });
    return { end, usage, malformed_replies: malformed, replayed_calls: asker.replayedCalls };
  };

  for (let call = 1; ; call++) {
    addToLast(messages, call <= limits.calls ? ports.urge(limits.calls - call + 1) : null);
    const asked = await asker.ask(call, messages);
    if ("end" in asked) return finish(asked.end, asked.isFinal);
    const { reply } = asked;
    journal.append({ type: "model_replied", call, ...reply });
    if (reply.stop_reason === "refusal") return finish("refused");
    const said = withoutThought(reply.text);
    // No provider takes an empty message.
    messages.push({ role: "assistant", text: said.trim() === "" ? prompt("agent/nothing").trim() : said });

    const isCut = reply.stop_reason === "length";
    const found = commandOf(reply.text, isCut);
    if ("count" in found) {
      malformed++;
      inARow++;
      journal.append({ type: "reply_malformed", call, count: found.count });
      if (inARow >= limits.malformed_replies) return finish("malformed");
      const isCutOff = isCut && found.count === 0;
      const remark = isCutOff ? prompt("agent/cut-off") : prompt("agent/malformed", found);
      messages.push({ role: "user", text: remark.trim() });
      continue;
    }
    inARow = 0;
    const result = await run(call, found.command, ports, journal);
    if (result === null) return finish("aborted", false);
    messages.push({ role: "user", text: result.text });
    if (result.done) return finish("done");
  }
}

/** Runs a command; where its result is recorded, that is what counts. null = given up. */
async function run(
  call: number,
  command: string,
  ports: LoopPorts,
  journal: Journal,
): Promise<CommandResult | null> {
  try {
    const now = await ports.execute(command);
    const result = journal.output(call) ?? now;
    const { text: output, exit_code, stopped, done, facts } = result;
    journal.append(
      defined({ type: "command_ran" as const, call, command, output, exit_code, stopped, done, facts }),
    );
    return result;
  } catch (error) {
    if (isAbort(error)) return null;
    throw error;
  }
}

/** Adds a remark to the newest message. */
function addToLast(messages: ChatMessage[], remark: string | null): void {
  const last = messages.pop();
  if (last === undefined) return;
  messages.push(remark === null ? last : { ...last, text: `${last.text}\n\n${remark}` });
}

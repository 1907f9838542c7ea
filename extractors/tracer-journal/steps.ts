import {
  asCount,
  asNumber,
  asString,
  defined,
  type JsonRecord,
  type Step,
  StepBuilder,
  type Tokens,
} from "../../src/extract/toolkit/index.ts";
import type { Reply, Session } from "./sessions.ts";

/** The steps of all sessions, the first one's as the main agent's, and how many replies led to none. */
export function readSteps(file: string, sessions: readonly Session[]): { steps: Step[]; without: number } {
  const builder = new StepBuilder();
  let without = 0;
  for (const [index, session] of sessions.entries()) {
    const agent = index === 0 ? "main" : `pass-${index + 1}`;
    let carried: string[] = [];
    for (const reply of session.replies) {
      if (reply.ran === null) {
        carried.push(reply.text);
        without++;
        continue;
      }
      addStep(builder, { file, agent, reply, ran: reply.ran, carried });
      carried = [];
    }
  }
  return { steps: builder.steps, without };
}

function addStep(
  builder: StepBuilder,
  {
    file,
    agent,
    reply,
    ran,
    carried,
  }: { file: string; agent: string; reply: Reply; ran: JsonRecord; carried: readonly string[] },
): void {
  const action = asString(ran.command) ?? "";
  const observation = asString(ran.output) ?? null;
  const thinking = [...carried, besideCommand(reply.text, action)]
    .filter((text) => text.trim() !== "")
    .join("\n\n");
  const ref = { path: file, line_start: reply.line, line_end: reply.line };
  builder.add({
    agent,
    action,
    action_ref: ref,
    observation,
    observation_ref: observation === null ? null : ref,
    thinking: thinking === "" ? undefined : thinking,
    exit_code: Number.isInteger(ran.exit_code) ? asNumber(ran.exit_code) : null,
    is_error: asString(ran.stopped) === undefined ? undefined : true,
    tokens: tokensOf(reply.usage),
    cost_usd: reply.cost_usd !== undefined && reply.cost_usd >= 0 ? reply.cost_usd : undefined,
  });
}

/** A reply without the fenced block of its command; whole where the command does not stand in it word for word. */
function besideCommand(text: string, command: string): string {
  const at = command === "" ? -1 : text.lastIndexOf(command);
  const opening = text.slice(0, at).match(/`{3,}[^\n`]*\n[ \t]*$/);
  if (at < 0 || opening?.index === undefined) return text.trim();
  const before = text.slice(0, opening.index);
  const after = text.slice(at + command.length).replace(/^\s*`{3,}[ \t]*/, "");
  return [before, after]
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n\n");
}

function tokensOf(usage: JsonRecord): Tokens | undefined {
  const tokens = defined({
    input: asCount(usage.input_tokens),
    output: asCount(usage.output_tokens),
    cached: asCount(usage.cached_input_tokens),
    reasoning: asCount(usage.reasoning_tokens),
  });
  return Object.keys(tokens).length > 0 ? tokens : undefined;
}

import { createHash } from "node:crypto";
import { openJournal, queryPorts } from "../../agent/index.ts";
import type { LoopEnd } from "../../agent/loop-types.ts";
import { countTokens } from "../../model/count-tokens.ts";
import type { ChatMessage } from "../../model/model.ts";
import { Calls } from "../../trace/direct/calls.ts";
import { roomForSteps } from "../../trace/direct/room.ts";
import type { Spent } from "../../trace/model-usage.ts";
import { promptDigest } from "../../util/prompt.ts";
import { VERSION } from "../../util/version.ts";
import type { HintModelPorts } from "./ports.ts";
import { againPrompt, HINT_PROMPTS, type HintPromptInput, hintPrompt } from "./prompt.ts";
import { type ProofContext, type Proven, prove } from "./prove.ts";
import { readReply } from "./reply.ts";

/** More of a run than this says little more about its environment. */
const STEP_TOKENS_MOST = 24_000;
/** Shares of the room for steps that are tried in turn when the server finds the prompt too long. */
const ROOM_SHARES = [1, 0.4] as const;

/** What asking came to. `proven` null = no reply that could be read. */
export interface HintAnswer {
  proven: Proven | null;
  end: LoopEnd;
  spent: Spent;
}

/**
 * Asks for a hint; a reply of which not everything stands is sent back once, then what stands is taken. Throws CodeTracerError `model` where the model has no
 * room, ModelError where it gives no reply for a reason that is not the run's.
 */
export async function askHint(
  input: HintPromptInput,
  context: ProofContext,
  ports: HintModelPorts,
): Promise<HintAnswer> {
  const frame = await countAll(await hintPrompt(input, 0));
  const { context_tokens } = ports.model;
  const room = Math.min(
    STEP_TOKENS_MOST,
    roomForSteps(context_tokens, ports.limits.max_output_tokens, frame),
  );
  const calls = callsOf(await hintPrompt(input, room), input, context, ports);
  const { proven, end } = await asked(input, context, room, calls);
  calls.finish(end);
  return { proven, end, spent: calls.spent };
}

async function asked(
  input: HintPromptInput,
  context: ProofContext,
  room: number,
  calls: Calls,
): Promise<Omit<HintAnswer, "spent">> {
  for (const share of ROOM_SHARES) {
    const start = await hintPrompt(input, share * room);
    const answer = await askTwice(start, context, calls);
    if (answer.end !== "context") return answer;
  }
  return { proven: null, end: "context" };
}

async function askTwice(
  start: readonly ChatMessage[],
  context: ProofContext,
  calls: Calls,
): Promise<Omit<HintAnswer, "spent">> {
  const first = await calls.ask(start);
  if ("end" in first) return { proven: null, end: first.end };
  const judged = judge(first.reply.text, context);
  if (judged.problems.length === 0) return { proven: judged.proven, end: "done" };
  calls.note("hint_refused", { problems: judged.problems });
  const second = await calls.ask(againPrompt(start, first.reply.text, judged.problems));
  const again = "end" in second ? null : judge(second.reply.text, context).proven;
  const proven = again ?? judged.proven;
  if (proven !== null) return { proven, end: "done" };
  return { proven: null, end: "end" in second ? second.end : "malformed" };
}

function judge(text: string, context: ProofContext): { proven: Proven | null; problems: readonly string[] } {
  const reply = readReply(text);
  if (typeof reply === "string") return { proven: null, problems: [reply] };
  const proven = prove(reply, context);
  return { proven, problems: proven.problems };
}

function callsOf(
  start: readonly ChatMessage[],
  { budgetTokens }: HintPromptInput,
  { allowVerifier }: ProofContext,
  ports: HintModelPorts,
): Calls {
  const { model, limits, journal } = ports;
  const opened = openJournal(
    journal?.file ?? null,
    {
      codetracer_version: VERSION,
      tracer: "hint",
      model: model.spec,
      shell: "none",
      prompt_digest: promptDigest(HINT_PROMPTS),
      input_digest: digestOf(start),
      settings: { max_output_tokens: limits.max_output_tokens, budgetTokens, allowVerifier },
      pass: 1,
      task: "Write a hint for the next attempt.",
    },
    { fresh: journal?.fresh ?? false },
  );
  return new Calls({ ...queryPorts(ports), journal: opened, limits, context_tokens: model.context_tokens });
}

function digestOf(messages: readonly ChatMessage[]): string {
  return createHash("sha256").update(JSON.stringify(messages)).digest("hex").slice(0, 12);
}

async function countAll(messages: readonly ChatMessage[]): Promise<number> {
  return await countTokens(messages.map(({ text }) => text).join("\n"));
}

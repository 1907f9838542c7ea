import { isAbort } from "../../agent/ask.ts";
import type { LoopEnd } from "../../agent/loop-types.ts";
import { UsageSum } from "../../agent/usage.ts";
import { estimateTokens } from "../../model/count-tokens.ts";
import type { ChatMessage, ChatReply } from "../../model/model.ts";
import { ModelError } from "../../model/model-error.ts";
import type { JudgeSettings } from "./settings.ts";

/** What a call came to: a reply, or why there is none. */
export type Asked = { reply: ChatReply } | { end: LoopEnd };

/** The calls of one judgement. */
export class Calls {
  readonly usage = new UsageSum();
  readonly #settings: JudgeSettings;

  constructor(settings: JudgeSettings) {
    this.#settings = settings;
  }

  /** Asks within the limits. Throws ModelError for every failure but a prompt that is too long and an abort. */
  async ask(messages: readonly ChatMessage[]): Promise<Asked> {
    const { model, budget, signal, max_output_tokens } = this.#settings;
    if (signal.aborted) return { end: "aborted" };
    const tokens = messages.reduce((sum, { text }) => sum + estimateTokens(text), 0);
    const limit = budget?.reserve(tokens) ?? null;
    if (limit !== null) return { end: limit };
    let reply: ChatReply | null = null;
    try {
      reply = await model.complete({ messages, max_output_tokens, signal });
    } catch (error) {
      if (isAbort(error)) return { end: "aborted" };
      if (error instanceof ModelError && error.failure === "context_overflow") return { end: "context" };
      throw error;
    } finally {
      budget?.settle(tokens, reply);
    }
    await this.usage.add(reply, messages);
    return reply.stop_reason === "refusal" ? { end: "refused" } : { reply };
  }
}

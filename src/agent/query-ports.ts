import type { ChatMessage, ChatModel, ChatReply } from "../model/model.ts";
import type { LoopEnd, LoopLimits, LoopPorts } from "./loop-types.ts";

/** A budget that several sessions draw on. */
export interface SharedBudget {
  /** The limit that a prompt of so many tokens would break; null = go on, and `settle` follows. */
  reserve(promptTokens: number): LoopEnd | null;
  /** What came of the call that was reserved last by the same session; null = no reply. */
  settle(promptTokens: number, reply: ChatReply | null): void;
}

/** What a session asks a model with. */
export interface QuerySettings {
  model: ChatModel;
  limits: Pick<LoopLimits, "max_output_tokens">;
  /** null = none is shared. */
  budget: SharedBudget | null;
  /** Milliseconds since the epoch. */
  now(): number;
  signal: AbortSignal;
}

/** The ports through which a session asks: each call is reserved before and settled after. */
export function queryPorts({
  model,
  limits,
  budget,
  now,
  signal,
}: QuerySettings): Pick<LoopPorts, "query" | "now" | "reserve"> {
  const ask = (messages: readonly ChatMessage[]): Promise<ChatReply> =>
    model.complete({ messages, max_output_tokens: limits.max_output_tokens, signal });
  if (budget === null) return { query: ask, now };
  let reserved = 0;
  return {
    now,
    reserve: (promptTokens) => {
      const limit = budget.reserve(promptTokens);
      if (limit === null) reserved = promptTokens;
      return limit;
    },
    query: async (messages) => {
      let reply: ChatReply | null = null;
      try {
        reply = await ask(messages);
        return reply;
      } finally {
        budget.settle(reserved, reply);
      }
    },
  };
}

/** A reply without a word would be refused by some servers. */
const NO_TEXT = "(no text)";

/** The conversation with a reply that was not taken, and what it is told. */
export function answered(messages: readonly ChatMessage[], reply: string, told: string): ChatMessage[] {
  return [
    ...messages,
    { role: "assistant", text: reply.trim() === "" ? NO_TEXT : reply },
    { role: "user", text: told },
  ];
}

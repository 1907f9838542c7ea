import type { LoopEnd, LoopLimits, LoopPorts } from "../../agent/index.ts";
import type { ChatModel, ChatReply } from "../../model/model.ts";
import type { ForbiddenText } from "../check/forbidden.ts";

/** Limits of one hint. null = none. */
export type HintLimits = Pick<LoopLimits, "calls" | "tokens" | "cost_usd" | "seconds" | "max_output_tokens">;

/** What holds where nothing else is said: a prompt, one more after a refusal, and one with less where the first was too long. */
export const HINT_LIMITS: HintLimits = {
  calls: 3,
  tokens: null,
  cost_usd: null,
  seconds: null,
  max_output_tokens: 8_000,
};

/** The model that a hint is written with, and what bounds it. */
export interface HintModelPorts {
  model: ChatModel;
  limits: HintLimits;
  /** Limits that several runs share; null = none. */
  budget: {
    /** The limit that a prompt of so many tokens would break; null = go on, and `settle` follows. */
    reserve(promptTokens: number): LoopEnd | null;
    /** What came of the call that was reserved last; null = no reply. */
    settle(promptTokens: number, reply: ChatReply | null): void;
  } | null;
  /** Where the session is written down as it happens, and taken up again from; null = nowhere. `fresh` sets aside what an earlier call wrote. */
  journal: { file: string; fresh: boolean } | null;
  /** What the hint must give nothing away of. */
  forbidden: readonly ForbiddenText[];
  /** Milliseconds. */
  now(): number;
  signal: AbortSignal;
}

/** The ports as a session asks through them: each call is set aside before and settled after. */
export function queryPorts({
  model,
  limits,
  budget,
  now,
  signal,
}: HintModelPorts): Pick<LoopPorts, "query" | "now" | "reserve"> {
  const ask = (messages: Parameters<LoopPorts["query"]>[0]): Promise<ChatReply> =>
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

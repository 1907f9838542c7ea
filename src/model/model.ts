/** One message of a chat. The system message, where there is one, comes first; user and assistant take turns after it. */
export interface ChatMessage {
  role: "system" | "user" | "assistant";
  text: string;
}

export interface ChatRequest {
  messages: readonly ChatMessage[];
  max_output_tokens: number;
  signal: AbortSignal;
}

/**
 * Tokens of one call as the provider counts them. null = not reported, never a made-up 0. `input_tokens` includes cached ones;
 * `output_tokens` includes reasoning.
 */
export interface TokenUsage {
  input_tokens: number | null;
  cached_input_tokens: number | null;
  /** Written to the provider's cache by this call, where that is billed apart. */
  cache_write_input_tokens: number | null;
  output_tokens: number | null;
  reasoning_tokens: number | null;
}

/** What a model said. A refusal is a reply as well: its text may be empty. */
export interface ChatReply {
  text: string;
  /** `length` = cut off at the output limit. */
  stop_reason: "end" | "length" | "refusal";
  usage: TokenUsage;
  /** null = the price is not known. */
  cost_usd: number | null;
  /** The model as the provider names it; null = not said. */
  model: string | null;
}

/** A chat model behind whatever wire. */
export interface ChatModel {
  /** As the user wrote it, such as `openai/gpt-5`. */
  spec: string;
  /** Tokens that fit in one call, prompt and reply together; null = not known. */
  context_tokens: number | null;
  /** Asks once. Waits and tries again where the provider says so. Throws ModelError for every way in which there is no reply. */
  complete(request: ChatRequest): Promise<ChatReply>;
  /** Dollars that a call of this usage costs; null or absent = the price is not known. */
  priceOf?(usage: TokenUsage): number | null;
}

/** A usage of which nothing is known. */
export const UNKNOWN_USAGE: TokenUsage = {
  input_tokens: null,
  cached_input_tokens: null,
  cache_write_input_tokens: null,
  output_tokens: null,
  reasoning_tokens: null,
};

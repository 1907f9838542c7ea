import type { ChatMessage, ChatReply } from "../model/model.ts";

/** What a command gave, for the model to read. */
export interface CommandResult {
  /** Shown to the model; whoever makes it fences what is not to be trusted. */
  text: string;
  exit_code: number | null;
  stopped: "time" | "memory" | "output" | null;
  /** True ends the loop: the work is handed in. */
  done: boolean;
  /** What the caller wants to have in the journal beside it. */
  facts?: Readonly<Record<string, unknown>>;
}

/** Checked before each call. null = no limit. Seconds count the time of this process alone. */
export interface LoopLimits {
  calls: number;
  tokens: number | null;
  cost_usd: number | null;
  seconds: number | null;
  /** Replies without exactly one command, in a row. */
  malformed_replies: number;
  max_output_tokens: number;
  /** Estimated tokens of the prompt from which on old outputs are taken out. */
  context_tokens: number;
  /** Newest outputs that are never taken out; older ones are, once a newer one has been answered. */
  outputs_kept: number;
}

/** How a loop ended. Everything but `done` leaves the work unfinished. */
export type LoopEnd =
  | "done"
  | "calls"
  | "tokens"
  | "cost"
  | "time"
  | "malformed"
  | "refused"
  | "context"
  | "aborted";

/** What all calls of a loop took together. null = at least one call did not say. */
export interface LoopUsage {
  calls: number;
  input_tokens: number;
  cached_input_tokens: number;
  output_tokens: number;
  reasoning_tokens: number;
  cost_usd: number | null;
  /** True where the provider did not report tokens and they were counted with a tokenizer. */
  counted: boolean;
}

/** Everything that the loop works with; it knows nothing of what the commands are for. */
export interface LoopPorts {
  /** Asks the model. */
  query(messages: readonly ChatMessage[]): Promise<ChatReply>;
  /** Runs one command. */
  execute(command: string): Promise<CommandResult>;
  /** Told before each call how many are left, so that the caller can urge; the text is added to the last output. null = nothing to say. */
  urge(callsLeft: number): string | null;
  /** Milliseconds. */
  now(): number;
  /**
   * Asked before each query with the estimated tokens of its prompt, for a budget that several loops share. The limit that it would break ends this loop,
   * which can be taken up again once there is more; null = go on.
   */
  reserve?(promptTokens: number): LoopEnd | null;
}

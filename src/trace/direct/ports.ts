import type { Journal } from "../../agent/journal.ts";
import type { LoopEnd, LoopLimits } from "../../agent/loop-types.ts";
import type { ChatMessage, ChatReply } from "../../model/model.ts";
import type { Stage } from "../../trajectory/stage.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import type { Investigation } from "../investigation/investigation.ts";
import type { Spent } from "../model-usage.ts";

/** A run to read in one prompt. There is at least one step, and the stages cover them all. */
export interface DirectInput {
  steps: readonly IndexedStep[];
  stages: readonly Stage[];
  /** What the agent was asked; null = not recorded. */
  task: string | null;
  /** A sentence for the model: how the run ended. */
  outcome: string;
}

/** Everything that the tracer works with. */
export interface DirectPorts {
  /** Asks the model, for a reply of at most `limits.max_output_tokens`. Throws ModelError. */
  query(messages: readonly ChatMessage[]): Promise<ChatReply>;
  /** Opened for this session: what it holds is not asked again. */
  journal: Journal;
  limits: Pick<LoopLimits, "calls" | "tokens" | "cost_usd" | "seconds" | "max_output_tokens">;
  /** Tokens that fit in one call, prompt and reply together; null = not known. */
  context_tokens: number | null;
  /** Milliseconds. */
  now(): number;
  /** As for the loop: a limit of a shared budget that stands in the way of a call; null = go on. */
  reserve?(promptTokens: number): LoopEnd | null;
}

/** What came of it. */
export interface DirectResult {
  investigation: Investigation;
  spent: Spent;
  /** Everything but `done` leaves the work unfinished; the warnings of the investigation say so. */
  end: LoopEnd;
  /** Prompts that the run was cut into. */
  parts: number;
  /** Those of them that a report came of. */
  judged_parts: number;
  /** Reports that were handed back. */
  handed_back: number;
}

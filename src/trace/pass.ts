import type { LoopLimits, LoopPorts, SessionHeader, ShellChoice } from "../agent/index.ts";
import type { Outcome } from "../trajectory/outcome.ts";
import type { Stage } from "../trajectory/stage.ts";
import type { IndexedStep } from "../trajectory/step.ts";
import type { Investigation } from "./investigation/investigation.ts";
import type { Spent } from "./model-usage.ts";

/** A run with at least one step, as a model gets to see it. */
export interface PassInput {
  steps: readonly IndexedStep[];
  stages: readonly Stage[];
  /** What the agent was asked; null = not recorded. */
  task: string | null;
  outcome: Outcome;
  /** `tree.md`. */
  tree: string;
  /** What earlier runs of the framework had in common; null = it is not told. Not to be trusted: fence it. */
  hints?: string | null;
}

/** Where the steps of an investigation are written down; null = nowhere. `fresh` sets aside what an earlier call wrote. */
export type JournalPlace = { file: string; fresh: boolean } | null;

/** What one pass works with. */
export interface PassPorts {
  loop: Pick<LoopPorts, "query" | "now"> & Partial<Pick<LoopPorts, "reserve">>;
  limits: LoopLimits;
  shell: ShellChoice;
  journal: JournalPlace;
  /** What makes two sessions the same work, as far as it is known before the session. */
  header: Omit<SessionHeader, "shell" | "input_digest">;
  /** Tokens that fit in one call; null = not known. */
  context_tokens: number | null;
  signal: AbortSignal;
}

/** What one pass over a run came to. */
export interface Pass {
  investigation: Investigation;
  spent: Spent;
}

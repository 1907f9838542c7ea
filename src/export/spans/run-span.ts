import type { IndexedStep } from "../../trajectory/index.ts";
import type { Call } from "../call.ts";
import type { Evaluation } from "../evaluations.ts";

/** One action of a turn with the call it is written as. */
export interface TurnCall {
  step: IndexedStep;
  call: Call;
}

interface SpanBase {
  /** 16 hexadecimal digits. */
  id: string;
  parent: string | null;
  /** Nanoseconds since the epoch. */
  start: bigint;
  end: bigint;
  /** Whether the run records when it began; else the time only tells the order. */
  is_timed: boolean;
}

/** An agent at work: the root of a run, or a sub-agent below the action that started it. */
export interface AgentSpan extends SpanBase {
  kind: "agent";
  /** null = not recorded. */
  agent: string | null;
  is_root: boolean;
}

/** A model's turn. */
export interface ModelSpan extends SpanBase {
  kind: "model";
  calls: readonly [TurnCall, ...TurnCall[]];
  /** What the model was asked: on the first turn of a run that records its task. */
  task: string | null;
}

/** One executed action. */
export interface ToolSpan extends SpanBase, TurnCall {
  kind: "tool";
  evaluations: readonly Evaluation[];
}

/** A run as a tree of spans, before any convention's names. */
export type RunSpan = AgentSpan | ModelSpan | ToolSpan;

import {
  defined,
  type JsonRecord,
  renderAction,
  type Step,
  StepBuilder,
} from "../../src/extract/toolkit/index.ts";
import { agentName } from "./agents.ts";
import { type Execution, readExecutions, signature } from "./executions.ts";
import type { Message } from "./messages.ts";
import { costOf, tokensOf } from "./model-span.ts";
import { type Span, SpanTree } from "./span.ts";
import { readTurns, type Turn, type TurnCall } from "./turns.ts";

/** The steps of a trace, and what was learned on the way. */
export interface TraceSteps {
  steps: Step[];
  firstInput: Message[];
  /** Calls of a model that no span and no later request answers. */
  unanswered: number;
}

/** A step before it has a number: a call of a model, its execution, or both. */
interface Draft {
  turn: Turn | undefined;
  call: TurnCall | undefined;
  execution: Execution | undefined;
  at_ms: number;
}

/** Steps from the spans of one trace, in the order in which the calls ran. */
export function readSteps(spans: readonly Span[]): TraceSteps {
  const tree = new SpanTree(spans);
  const executions = readExecutions(spans, tree);
  const { turns, firstInput } = readTurns(spans, tree);
  const drafts = inOrder(pair(turns, executions));
  const builder = new StepBuilder();
  const writer = new StepWriter(builder, tree, turns);
  for (const draft of drafts) writer.write(draft);
  const unanswered = drafts.filter(({ call, execution }) => !execution && call?.result === null).length;
  return { steps: builder.steps, firstInput, unanswered };
}

/** Ties calls to executions: by id, then by equal arguments, then by the tool's name, oldest first. */
function pair(turns: readonly Turn[], executions: readonly Execution[]): Draft[] {
  const drafts = turns.flatMap((turn) =>
    turn.calls.map((call): Draft => ({ turn, call, execution: undefined, at_ms: saidAt(turn.span) })),
  );
  const left = new Set(executions);
  const rounds: ((call: TurnCall, execution: Execution) => boolean)[] = [
    (call, { id }) => call.id !== undefined && call.id === id,
    (call, execution) => mayPair(call, execution) && signature(call) === signature(execution),
    (call, execution) => mayPair(call, execution) && call.tool === execution.tool,
  ];
  for (const fits of rounds) {
    for (const draft of drafts) {
      const { call } = draft;
      if (draft.execution || !call) continue;
      const found = [...left].find(
        (execution) => fits(call, execution) && began(execution) >= saidFrom(draft),
      );
      if (!found) continue;
      left.delete(found);
      draft.execution = found;
      draft.at_ms = began(found);
    }
  }
  const others = [...left].map(
    (execution): Draft => ({ turn: undefined, call: undefined, execution, at_ms: began(execution) }),
  );
  return [...drafts, ...others];
}

/** Two ids that differ are two calls. */
function mayPair(call: TurnCall, execution: Execution): boolean {
  return call.id === undefined || execution.id === undefined;
}

function began({ span }: Execution): number {
  return span.start_ms ?? 0;
}

function saidAt(span: Span): number {
  return span.end_ms ?? span.start_ms ?? 0;
}

/** Streams run tools before the answer has ended. */
function saidFrom({ turn }: Draft): number {
  return turn?.span.start_ms ?? 0;
}

function inOrder(drafts: readonly Draft[]): Draft[] {
  const indexed = drafts.map((draft, index) => ({ draft, index }));
  return indexed.sort((a, b) => a.draft.at_ms - b.draft.at_ms || a.index - b.index).map(({ draft }) => draft);
}

class StepWriter {
  readonly #builder: StepBuilder;
  readonly #tree: SpanTree;
  readonly #turns: readonly Turn[];
  readonly #told = new Set<Turn>();
  readonly #groups = new Map<Turn, number>();
  readonly #stepOfSpan = new Map<string, number>();
  #mainAgent: string | null | undefined;

  constructor(builder: StepBuilder, tree: SpanTree, turns: readonly Turn[]) {
    this.#builder = builder;
    this.#tree = tree;
    this.#turns = turns;
  }

  write(draft: Draft): void {
    const { turn, call, execution } = draft;
    const source = sourceOf(draft);
    if (!source) return;
    const isFirst = turn !== undefined && !this.#told.has(turn);
    const thinking = this.#thinkingBefore(draft);
    const id = call?.id ?? execution?.id;
    const span = execution?.span;
    const result = execution?.result ?? null;
    const step = this.#builder.add({
      action: renderAction(source.tool, source.arguments),
      action_ref: source.ref,
      observation: result ?? call?.result?.text ?? null,
      observation_ref: result !== null ? (span?.ref ?? null) : (call?.result?.ref ?? null),
      thinking: thinking === "" ? undefined : thinking,
      tool: source.tool,
      // An id that comes a second time is no id.
      tool_call_id: id !== undefined && this.#builder.byCallId(id) ? undefined : id,
      arguments: source.arguments,
      is_error: span?.isError || call?.result?.isError ? true : undefined,
      started_at: isoTime(span?.start_ms ?? turn?.span.start_ms ?? null),
      duration_ms: span ? durationOf(span) : undefined,
      tokens: isFirst && turn ? tokensOf(turn.span) : undefined,
      cost_usd: isFirst && turn ? costOf(turn.span) : undefined,
      parallel_group: turn && turn.calls.length > 1 ? this.#groupOf(turn) : undefined,
      ...this.#placeOf(span ?? turn?.span),
    });
    if (span) this.#stepOfSpan.set(span.id, step.step_id);
  }

  /** What the agent said since its last step, up to this step's own turn. */
  #thinkingBefore({ turn, execution, at_ms }: Draft): string {
    const texts: string[] = [];
    const agent = this.#agentOf(turn?.span ?? execution?.span);
    for (const earlier of this.#turns) {
      const isBefore = earlier.calls.length === 0 && saidAt(earlier.span) <= at_ms;
      const isDue = earlier === turn || (isBefore && this.#agentOf(earlier.span) === agent);
      if (!isDue || this.#told.has(earlier)) continue;
      this.#told.add(earlier);
      texts.push(...earlier.thinking);
    }
    return texts.join("\n\n");
  }

  #agentOf(span: Span | undefined): string | null {
    return span ? agentName(this.#tree.above(span)) : null;
  }

  #groupOf(turn: Turn): number {
    const group = this.#groups.get(turn) ?? this.#groups.size + 1;
    this.#groups.set(turn, group);
    return group;
  }

  /** Whose step it is: the nearest agent's; and the step whose tool is that agent, where one is. */
  #placeOf(span: Span | undefined): { agent?: string; parent_step_id?: number } {
    if (!span) return {};
    const above = this.#tree.above(span);
    const name = agentName(above);
    if (this.#mainAgent === undefined) this.#mainAgent = name;
    const parent_step_id = above.map(({ id }) => this.#stepOfSpan.get(id)).find((step) => step !== undefined);
    return defined({ agent: name === null || name === this.#mainAgent ? undefined : name, parent_step_id });
  }
}

/** Where the action is read from: the span that ran it, or the model's answer where that says more. */
function sourceOf({ call, execution }: Draft): Pick<TurnCall, "tool" | "arguments" | "ref"> | null {
  if (!execution) return call ?? null;
  const { tool, arguments: args, span } = execution;
  if (call && isPoorer(args, call.arguments)) return call;
  return { tool, arguments: args, ref: span.ref };
}

/** No arguments, or the text that a framework printed of them. */
function isPoorer(own: JsonRecord, called: JsonRecord): boolean {
  const keys = Object.keys(own);
  if (keys.length === 0) return Object.keys(called).length > 0;
  return keys.length === 1 && typeof own.input === "string" && !("input" in called);
}

function durationOf({ start_ms, end_ms }: Span): number | undefined {
  if (start_ms === null || end_ms === null || end_ms < start_ms) return undefined;
  return Math.round((end_ms - start_ms) * 1000) / 1000;
}

function isoTime(time_ms: number | null): string | undefined {
  if (time_ms === null) return undefined;
  const date = new Date(time_ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

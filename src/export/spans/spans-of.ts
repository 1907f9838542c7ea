import type { IndexedStep } from "../../trajectory/index.ts";
import { type Call, callsOf } from "../call.ts";
import { stepEvaluations } from "../evaluations.ts";
import { spanId } from "../ids.ts";
import { type Thread, threadsOf, turnsOf } from "../turns.ts";
import type { ExportRun } from "../types.ts";
import type { AgentSpan, ModelSpan, RunSpan, ToolSpan, TurnCall } from "./run-span.ts";
import { type Time, timesOf } from "./times.ts";

/** The spans of a run: an agent's, below it a model's and a tool's for each turn; a sub-agent's below the tool that started it. Parents come first. */
export function spansOf(run: ExportRun): [root: AgentSpan, ...rest: RunSpan[]] {
  const { steps, task, extraction } = run.workspace;
  const threads = threadsOf(steps);
  const [main, ...others] = threads;
  const tree = new Tree(run, callsOf(steps), timesOf(threads), task);
  const root = tree.agent(main, extraction.agent.name, null);
  tree.addTurns(main, root);
  for (const thread of others) tree.addTurns(thread, tree.agent(thread, thread.agent, root));
  tree.close();
  return [root, ...tree.spans.slice(1)];
}

class Tree {
  readonly spans: RunSpan[] = [];
  readonly #run: ExportRun;
  readonly #calls: readonly Call[];
  readonly #times: ReadonlyMap<number, Time>;
  readonly #tools = new Map<number, ToolSpan>();
  #task: string | null;

  constructor(run: ExportRun, calls: readonly Call[], times: ReadonlyMap<number, Time>, task: string | null) {
    this.#run = run;
    this.#calls = calls;
    this.#times = times;
    this.#task = task;
  }

  agent(thread: Thread, name: string | null, root: AgentSpan | null): AgentSpan {
    const starter = thread.parent_step_id === null ? undefined : this.#tools.get(thread.parent_step_id);
    const parent = starter ?? root;
    const { start, is_timed } = this.#timeOf(root === null ? 0 : (thread.steps[0]?.step_id ?? 0));
    const span: AgentSpan = {
      kind: "agent",
      id: spanId(this.#run, "agent", thread.agent, thread.parent_step_id ?? 0),
      parent: parent?.id ?? null,
      start,
      end: start,
      is_timed,
      agent: name,
      is_root: root === null,
    };
    this.spans.push(span);
    return span;
  }

  addTurns(thread: Thread, agent: AgentSpan): void {
    for (const [first, ...more] of turnsOf(thread.steps)) {
      const calls: [TurnCall, ...TurnCall[]] = [
        this.#callOf(first),
        ...more.map((step) => this.#callOf(step)),
      ];
      this.spans.push(this.#modelOf(calls, agent));
      for (const call of calls) this.#addTool(call, agent);
    }
  }

  /** An agent lasts until all that it did has ended, and so does the tool that started it if its duration was not recorded. */
  close(): void {
    const byId = new Map(this.spans.map((span) => [span.id, span]));
    for (const span of this.spans.toReversed()) {
      const parent = span.parent === null ? undefined : byId.get(span.parent);
      const isOpen =
        parent?.kind === "agent" || (parent?.kind === "tool" && parent.step.duration_ms === undefined);
      if (isOpen && parent.end < span.end) parent.end = span.end;
    }
  }

  #callOf(step: IndexedStep): TurnCall {
    const call = this.#calls[step.step_id - 1];
    if (!call) throw new RangeError(`step ids are not contiguous at ${step.step_id}`);
    return { step, call };
  }

  #timeOf(stepId: number): Time {
    return this.#times.get(stepId) ?? { start: 0n, end: 0n, is_timed: false };
  }

  #modelOf(calls: readonly [TurnCall, ...TurnCall[]], agent: AgentSpan): ModelSpan {
    const { start, is_timed } = this.#timeOf(calls[0].step.step_id);
    const task = this.#task;
    this.#task = null;
    const id = spanId(this.#run, "turn", calls[0].step.step_id);
    return { kind: "model", id, parent: agent.id, start, end: start, is_timed, calls, task };
  }

  #addTool(call: TurnCall, agent: AgentSpan): void {
    const { step_id } = call.step;
    const span: ToolSpan = {
      kind: "tool",
      id: spanId(this.#run, "step", step_id),
      parent: agent.id,
      ...call,
      ...this.#timeOf(step_id),
      evaluations: stepEvaluations(this.#run, step_id),
    };
    this.#tools.set(step_id, span);
    this.spans.push(span);
  }
}

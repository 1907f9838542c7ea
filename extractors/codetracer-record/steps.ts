import {
  asCount,
  asNumber,
  asRecord,
  asString,
  defined,
  type JsonRecord,
  type RunFiles,
  renderAction,
  type Step,
  StepBuilder,
  type Tokens,
} from "../../src/extract/toolkit/index.ts";
import type { Event } from "./log.ts";

/** Who acts: the main agent, or a sub-agent and the step that spawned it. */
interface Actor {
  name: string;
  parent: number | undefined;
  /** What it said since its last action. */
  said: string[];
}

/** The steps of a log, in the order in which their actions were recorded. */
export function readSteps(run: RunFiles, path: string, log: readonly Event[]): Step[] {
  const reader = new LogReader((message, line) => run.report({ message, path, line }));
  for (const event of log) reader.take(event);
  return reader.builder.steps;
}

class LogReader {
  readonly builder = new StepBuilder();
  readonly #main: Actor = { name: "main", parent: undefined, said: [] };
  readonly #actors = new Map<string, Actor>();
  readonly #steps = new Map<string, Step>();
  readonly #observed = new Set<Step>();
  readonly #groups = new Map<string, Step[]>();
  readonly #report: (message: string, line: number) => void;
  #groupCount = 0;

  constructor(report: (message: string, line: number) => void) {
    this.#report = report;
  }

  take(event: Event): void {
    const { type, record } = event;
    if (type === "subagent_started") this.#spawn(record);
    if (type === "message" && record.source === "agent")
      this.#actorOf(event).said.push(asString(record.text) ?? "");
    if (type === "action") this.#act(event);
    if (type === "observation") this.#observe(event);
  }

  #spawn(record: JsonRecord): void {
    this.#actors.set(asString(record.agent_id) ?? "", {
      name: asString(record.name) ?? "sub-agent",
      parent: this.#steps.get(asString(record.parent_action_id) ?? "")?.step_id,
      said: [],
    });
  }

  #actorOf({ record, ref }: Event): Actor {
    const id = asString(record.agent_id);
    if (id === undefined) return this.#main;
    let actor = this.#actors.get(id);
    if (!actor) {
      this.#report("the sub-agent of this event is named nowhere before it", ref.line_start);
      actor = { name: "sub-agent", parent: undefined, said: [] };
      this.#actors.set(id, actor);
    }
    return actor;
  }

  #act(event: Event): void {
    const { record, ref } = event;
    const tool = asString(record.tool);
    const id = asString(record.action_id);
    if (tool === undefined || id === undefined) {
      this.#report("an action without tool or action_id was skipped", ref.line_start);
      return;
    }
    const actor = this.#actorOf(event);
    const args = asRecord(record.arguments) ?? {};
    const step = this.builder.add({
      action: renderAction(tool, args),
      action_ref: ref,
      tool,
      arguments: args,
      tool_call_id: this.#callId(record, ref.line_start),
      thinking: this.#thinking(actor, asString(record.thinking)),
      started_at: asString(record.at),
      tokens: tokensOf(record),
      cost_usd: dollarsOf(record.cost_usd),
      agent: actor.name,
      parent_step_id: actor.parent,
    });
    this.#steps.set(id, step);
    this.#group(step, asString(record.turn_id));
  }

  #thinking(actor: Actor, own: string | undefined): string | undefined {
    const parts = own === undefined ? actor.said : [...actor.said, own];
    actor.said = [];
    return parts.length > 0 ? parts.join("\n\n") : undefined;
  }

  #callId(record: JsonRecord, line: number): string | undefined {
    const id = asString(record.tool_call_id);
    if (id === undefined || !this.builder.byCallId(id)) return id;
    this.#report("a tool_call_id was given to an earlier action too; left out here", line);
    return undefined;
  }

  #group(step: Step, turn: string | undefined): void {
    if (turn === undefined) return;
    const steps = [...(this.#groups.get(turn) ?? []), step];
    this.#groups.set(turn, steps);
    const [first] = steps;
    if (!first || steps.length === 1) return;
    first.parallel_group ??= ++this.#groupCount;
    step.parallel_group = first.parallel_group;
  }

  #observe({ record, ref }: Event): void {
    const step = this.#steps.get(asString(record.action_id) ?? "");
    if (!step || this.#observed.has(step)) {
      const message = step
        ? "a second observation of the same action was skipped"
        : "an observation names no action before it";
      this.#report(message, ref.line_start);
      return;
    }
    this.#observed.add(step);
    const text = asString(record.text);
    const duration_ms = asNumber(record.duration_ms);
    Object.assign(
      step,
      defined({
        observation: text ?? null,
        observation_ref: text === undefined ? null : ref,
        exit_code: Number.isInteger(record.exit_code) ? asNumber(record.exit_code) : undefined,
        is_error: typeof record.is_error === "boolean" ? record.is_error : undefined,
        duration_ms: duration_ms !== undefined && duration_ms >= 0 ? duration_ms : undefined,
      }),
    );
  }
}

function tokensOf(record: JsonRecord): Tokens | undefined {
  const given = asRecord(record.tokens);
  const tokens = defined({
    input: asCount(given?.input),
    output: asCount(given?.output),
    cached: asCount(given?.cached),
    reasoning: asCount(given?.reasoning),
  });
  return Object.keys(tokens).length > 0 ? tokens : undefined;
}

function dollarsOf(value: unknown): number | undefined {
  const cost = asNumber(value);
  return cost !== undefined && cost >= 0 ? cost : undefined;
}

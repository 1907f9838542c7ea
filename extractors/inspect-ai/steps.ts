import { type JsonRecord, type Ref, type Step, StepBuilder } from "../../src/extract/toolkit/index.ts";
import { joinThoughts } from "../_traj/thinking.ts";
import { resolved } from "./attachments.ts";
import { readTranscript, type ToolRun, type Transcript } from "./events.ts";
import { actionOf, answerOf, type Call, callOf, callsOf, thoughtsOf } from "./message.ts";
import type { Placed, Sample } from "./sample.ts";

/** The steps of a sample, and how many tool messages answer no call. */
export interface SampleSteps {
  steps: Step[];
  unpaired: number;
}

/**
 * Reads the calls of the final conversation, and between them those that only the transcript tells of: a
 * sub-agent's, and those of messages that were dropped from the conversation.
 */
export function readSteps(sample: Sample): SampleSteps {
  const reader = new StepReader(sample);
  for (const message of sample.messages) reader.read(message);
  reader.finish();
  return { steps: reader.builder.steps, unpaired: reader.unpaired };
}

class StepReader {
  readonly builder = new StepBuilder();
  unpaired = 0;
  readonly #attachments: ReadonlyMap<string, string>;
  readonly #transcript: Transcript;
  readonly #told: ToolRun[];
  readonly #inMessages: ReadonlySet<string>;
  #thoughts: (string | undefined)[] = [];
  #open: { id: string | undefined; step: Step }[] = [];
  #groups = 0;

  constructor(sample: Sample) {
    this.#attachments = sample.attachments;
    this.#transcript = readTranscript(sample.events);
    this.#told = [...this.#transcript.runs.values()];
    const ids = sample.messages.flatMap(({ value }) =>
      isReply(value) ? callsOf(value).map(({ id }) => id) : [],
    );
    this.#inMessages = new Set(ids.filter((id) => id !== undefined));
  }

  read(placed: Placed): void {
    const message = this.#whole(placed.value);
    if (isReply(message)) this.#reply(message, placed);
    else if (message.role === "tool") this.#answer(message, placed.ref);
  }

  #reply(message: JsonRecord, placed: Placed): void {
    this.#thoughts.push(thoughtsOf(message));
    const calls = callsOf(message);
    if (calls.length === 0) return;
    this.#open = [];
    const group = calls.length > 1 ? ++this.#groups : undefined;
    const written = callsOf(placed.value);
    for (const { id } of calls) this.#toldBefore(id);
    for (const [index, call] of calls.entries()) {
      const step = this.#add(call, {
        isFirst: index === 0,
        group,
        ref: refOf(placed.ref, call, written[index]),
      });
      if (call.output !== undefined) observe(step, call.output, placed.ref, call.isError === true);
      else this.#open.push({ id: call.id, step });
    }
  }

  #add(call: Call, place: { isFirst: boolean; group: number | undefined; ref: Ref | null }): Step {
    const isNew = call.id === undefined || this.builder.byCallId(call.id) === undefined;
    const known = call.id !== undefined && isNew ? call.id : undefined;
    const run = known === undefined ? undefined : this.#transcript.runs.get(known);
    const turn = known === undefined ? undefined : this.#transcript.turns.get(known);
    const thinking = joinThoughts(this.#thoughts);
    this.#thoughts = [];
    return this.builder.add({
      action: actionOf(call),
      action_ref: place.ref,
      tool: call.tool,
      tool_call_id: known,
      arguments: call.args,
      thinking,
      tokens: place.isFirst ? turn?.tokens : undefined,
      parallel_group: place.group,
      started_at: run?.started_at,
      duration_ms: run?.duration_ms,
    });
  }

  /** Adds what was run before a call and stands in no message. */
  #toldBefore(id: string | undefined): void {
    const until = this.#told.findIndex((run) => run.id === id);
    if (until < 0) return;
    for (const run of this.#told.splice(0, until + 1)) if (!this.#inMessages.has(run.id)) this.#addTold(run);
  }

  #addTold(run: ToolRun): void {
    const value = this.#whole(run.value);
    const call = callOf(value);
    const turn = this.#transcript.turns.get(run.id);
    const isFirst = turn?.firstCallId === run.id;
    const parent = run.parentId === undefined ? undefined : this.builder.byCallId(run.parentId);
    const step = this.builder.add({
      action: actionOf(call),
      action_ref: refOf(run.ref, call, callOf(run.value)),
      tool: call.tool,
      tool_call_id: run.id,
      arguments: call.args,
      thinking: isFirst ? turn.thinking : undefined,
      tokens: isFirst ? turn.tokens : undefined,
      agent: run.agent,
      parent_step_id: parent?.step_id,
      started_at: run.started_at,
      duration_ms: run.duration_ms,
    });
    const { text, isError } = answerOf({ content: resultOf(value.result), error: value.error });
    if (value.result !== undefined || isError) observe(step, text, run.ref, isError);
  }

  #answer(message: JsonRecord, ref: Ref | null): void {
    const at = this.#open.findIndex(({ id }) => id === message.tool_call_id);
    const call = at < 0 ? undefined : this.#open.splice(at, 1)[0];
    if (!call) {
      this.unpaired++;
      return;
    }
    const { text, isError } = answerOf(message);
    observe(call.step, text, ref, isError);
  }

  /** What was run behind the last call of the conversation. */
  finish(): void {
    for (const run of this.#told) if (!this.#inMessages.has(run.id)) this.#addTold(run);
  }

  #whole(value: JsonRecord): JsonRecord {
    return resolved(value, this.#attachments) as JsonRecord;
  }
}

function isReply(message: JsonRecord): boolean {
  return message.role === "assistant";
}

/** An argument that is an attachment stands elsewhere: such an action has no place of its own. */
function refOf(ref: Ref | null, call: Call, written: Call | undefined): Ref | null {
  return JSON.stringify(call.args) === JSON.stringify(written?.args) ? ref : null;
}

function resultOf(result: unknown): unknown {
  if (typeof result === "string" || Array.isArray(result)) return result;
  return result === undefined || result === null ? "" : JSON.stringify(result);
}

function observe(step: Step, text: string, ref: Ref | null, isError: boolean): void {
  step.observation = text;
  step.observation_ref = ref;
  if (isError) step.is_error = true;
}

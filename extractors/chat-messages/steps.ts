import {
  asCount,
  asRecord,
  asString,
  at,
  defined,
  type JsonRecord,
  renderAction,
  type Step,
  StepBuilder,
  type Tokens,
} from "../../src/extract/toolkit/index.ts";
import { firstValue, timeOf } from "../_documents/fields.ts";
import { joinThoughts } from "../_traj/thinking.ts";
import type { Message } from "./message.ts";
import type { Call, Part } from "./parts.ts";
import { readTextSteps } from "./text-steps.ts";

/** The steps of a conversation, and what could not be placed. */
export interface Reading {
  steps: Step[];
  /** Results whose call is not there or has one already. */
  unmatched: number;
  /** Calls of a message that stands there twice. */
  repeated: number;
}

/** One step for each tool call; where there is none, for each command in a message's text that was answered. */
export function readSteps(messages: readonly Message[]): Reading {
  const isCalling = messages.some(({ parts }) => parts.some(({ kind }) => kind === "call"));
  if (!isCalling) return { steps: readTextSteps(messages), unmatched: 0, repeated: 0 };
  const reader = new CallReader();
  for (const message of messages) reader.read(message);
  return reader;
}

/** What a reader should know about a conversation that does not fit together. */
export function warningsOf({ unmatched, repeated }: Reading): string[] {
  return [
    ...(unmatched > 0 ? [`results that answer no call that is there were left out: ${unmatched}`] : []),
    ...(repeated > 0 ? [`calls that stand there twice with the same ids were read once: ${repeated}`] : []),
  ];
}

class CallReader implements Reading {
  readonly #builder = new StepBuilder();
  readonly #known = new Map<string, Step>();
  readonly #messagesOfCalls = new Set<string>();
  #open: Step[] = [];
  #thoughts: string[] = [];
  #groups = 0;
  unmatched = 0;
  repeated = 0;

  get steps(): Step[] {
    return this.#builder.steps;
  }

  read(message: Message): void {
    const calls = message.parts.filter((part) => part.kind === "call");
    if (message.role === "assistant") {
      for (const part of message.parts)
        if ("text" in part && part.kind !== "result") this.#thoughts.push(part.text ?? "");
    }
    const fresh = calls.filter((call) => !this.#isRepeated(message, call));
    const group = fresh.length > 1 ? ++this.#groups : undefined;
    for (const [index, call] of fresh.entries()) this.#add(message, call, index === 0, group);
    for (const part of message.parts) if (part.kind === "result") this.#observe(part, message);
  }

  #isRepeated({ raw }: Message, { id }: Call): boolean {
    const message = asString(raw.id);
    if (message === undefined || id === undefined || message === id) return false;
    const key = JSON.stringify([message, id]);
    if (this.#messagesOfCalls.has(key)) {
      this.repeated++;
      return true;
    }
    this.#messagesOfCalls.add(key);
    return false;
  }

  #add({ raw, ref }: Message, call: Call, isFirst: boolean, parallel_group: number | undefined): void {
    const { tool, id } = call;
    // Some servers number the calls of each reply anew.
    const isNew = id !== undefined && !this.#known.has(id);
    const step = this.#builder.add({
      action: renderAction(tool, call.arguments),
      action_ref: ref,
      thinking: joinThoughts(this.#thoughts),
      tool,
      tool_call_id: isNew ? id : undefined,
      arguments: call.arguments,
      started_at: timeOf(firstValue(raw, ["timestamp", "created_at", "created", "ts", "time"])),
      tokens: isFirst ? tokensOf(raw) : undefined,
      parallel_group,
    });
    if (id !== undefined) this.#known.set(id, step);
    this.#open.push(step);
    if (isFirst) this.#thoughts = [];
  }

  #observe(part: Part & { kind: "result" }, { ref }: Message): void {
    const named = part.id === undefined ? undefined : this.#known.get(part.id);
    // Some logs name the call only in its result.
    const step = named ?? this.#open.find((open) => part.id === undefined || open.tool_call_id === undefined);
    if (!step || !this.#open.includes(step)) {
      this.unmatched++;
      return;
    }
    this.#open = this.#open.filter((other) => other !== step);
    if (part.text === null) return;
    Object.assign(
      step,
      defined({
        observation: part.text,
        observation_ref: ref,
        exit_code: part.exitCode,
        is_error: part.isError ? true : undefined,
      }),
    );
  }
}

function tokensOf(raw: JsonRecord): Tokens | undefined {
  const usage = asRecord(raw.usage) ?? asRecord(raw.usage_metadata) ?? asRecord(at(raw, "response", "usage"));
  if (!usage) return undefined;
  const tokens = defined({
    input: asCount(usage.prompt_tokens) ?? asCount(usage.input_tokens),
    output: asCount(usage.completion_tokens) ?? asCount(usage.output_tokens),
    cached:
      asCount(at(usage, "prompt_tokens_details", "cached_tokens")) ?? asCount(usage.cache_read_input_tokens),
  });
  return Object.keys(tokens).length > 0 ? tokens : undefined;
}

import {
  asRecord,
  asString,
  type JsonRecord,
  renderAction,
  type Step,
  StepBuilder,
} from "../../src/extract/toolkit/index.ts";
import { joinThoughts } from "../_traj/thinking.ts";
import { type Message, textsOf, timeOf } from "./message.ts";
import { exitCodeOf, type Result, resultsOf } from "./results.ts";
import { metricsOf, parsed, type Usage } from "./usage.ts";
import { plain, xmlCall } from "./xml-call.ts";

interface Call {
  tool: string;
  args: JsonRecord;
  id: string | undefined;
}

/** Reads the steps off a conversation. `panel` tells of the requests where messages do not. */
export class ConversationReader {
  readonly #builder = new StepBuilder();
  readonly #inputs = new Map<string, string>();
  #thoughts: string[] = [];
  #open: { step: Step; id: string | undefined }[] = [];
  #groups = 0;
  /** Results whose call is not there. */
  unpaired = 0;

  /** A reply of the model. A summary of earlier messages is no reply. */
  reply(message: Message, panel: Usage | undefined): void {
    if (message.raw.isSummary === true) return;
    const { calls, thoughts } = contentsOf(message);
    this.#thoughts.push(...thoughts);
    if (calls.length === 0) return;
    this.#open = [];
    const group = calls.length > 1 ? ++this.#groups : undefined;
    const usage = usageOf(message, panel);
    for (const [index, call] of calls.entries()) {
      const step = this.#add(call, message, index === 0 ? usage : { started_at: usage.started_at }, group);
      if (step) this.#open.push({ step, id: call.id });
    }
  }

  #add(call: Call, message: Message, usage: Usage, group: number | undefined): Step | null {
    const { tool, args } = call;
    const input = JSON.stringify([tool, args]);
    const earlier = call.id === undefined ? undefined : this.#inputs.get(call.id);
    if (earlier === input) return null;
    if (call.id !== undefined) this.#inputs.set(call.id, input);
    return this.#builder.add({
      action: renderAction(tool, args),
      action_ref: message.ref,
      tool,
      tool_call_id: earlier === undefined ? call.id : undefined,
      arguments: args,
      thinking: this.#takeThoughts(),
      parallel_group: group,
      ...usage,
    });
  }

  #takeThoughts(): string | undefined {
    const thoughts = joinThoughts(this.#thoughts);
    this.#thoughts = [];
    return thoughts;
  }

  /** A message of the user: results of the calls before it, by id, else by the tool's name, else in order. */
  answer(message: Message): void {
    if (message.raw.isSummary === true) return;
    for (const result of resultsOf(message)) {
      const step = this.#answered(result);
      if (!step) this.unpaired++;
      else if (step.observation === null) observe(step, result, message);
    }
  }

  #answered({ id, tool }: Result): Step | undefined {
    const named = this.#open.findIndex((call) =>
      id === undefined ? call.step.tool === tool : call.id === id,
    );
    if (id !== undefined && named < 0) return this.#builder.byCallId(id);
    return this.#open.splice(Math.max(0, named), 1)[0]?.step;
  }

  get steps(): Step[] {
    return this.#builder.steps;
  }
}

function observe(step: Step, result: Result, message: Message): void {
  step.observation = result.text;
  step.observation_ref = message.ref;
  if (result.is_error) step.is_error = true;
  const exit_code = exitCodeOf(result.text);
  if (exit_code !== undefined) step.exit_code = exit_code;
}

function contentsOf(message: Message): { calls: Call[]; thoughts: string[] } {
  const reasoning = message.blocks
    .filter((block) => block.type === "thinking" || block.type === "reasoning")
    .map((block) => asString(block.thinking) ?? asString(block.text) ?? "");
  const reasons = [...reasoning, asString(message.raw.reasoning_content) ?? ""];
  const native = message.blocks.filter((block) => block.type === "tool_use").map(nativeCall);
  const texts = textsOf(message);
  if (native.length > 0) return { calls: native, thoughts: [...reasons, ...texts.map(plain)] };
  const xml = xmlCall(texts.join("\n"));
  if (xml === null) return { calls: [], thoughts: [...reasons, ...texts.map(plain)] };
  return { calls: [{ tool: xml.tool, args: xml.args, id: undefined }], thoughts: [...reasons, xml.prose] };
}

function nativeCall(block: JsonRecord): Call {
  const input = asRecord(block.input) ?? asRecord(parsed(asString(block.input) ?? ""));
  return { tool: asString(block.name) ?? "unknown", args: input ?? {}, id: asString(block.id) };
}

function usageOf(message: Message, panel: Usage | undefined): Usage {
  const own = metricsOf(message.raw);
  return {
    tokens: own.tokens ?? panel?.tokens,
    cost_usd: own.cost_usd ?? panel?.cost_usd,
    started_at: own.started_at ?? timeOf(message.raw.ts) ?? panel?.started_at,
  };
}

import type { Ref } from "../../src/extract/toolkit/index.ts";
import { signature } from "./executions.ts";
import { kindOf } from "./kinds.ts";
import type { Call, Message, Result } from "./messages.ts";
import { agentMessages, inputMessages, outputMessages } from "./model-span.ts";
import type { Span, SpanTree } from "./span.ts";

/** An answer of a model: what it said, and the calls that no earlier answer made. */
export interface Turn {
  span: Span;
  thinking: string[];
  calls: TurnCall[];
}

/** A call of a model, with the answer that the conversation later gives to it. */
export interface TurnCall extends Call {
  /** Whether the span's answer holds the call; else a later request does, which is all that tells of it. */
  ref: Ref;
  result: (Result & { ref: Ref }) | null;
}

/** The answers of the models in a trace, each call once however many spans repeat the conversation. */
export function readTurns(spans: readonly Span[], tree: SpanTree): { turns: Turn[]; firstInput: Message[] } {
  const reader = new TurnReader(tree);
  const models = spans.filter((span) => kindOf(span) === "model");
  for (const span of models) reader.readModel(span);
  const covered = new Set(models.flatMap((span) => tree.above(span)).map((span) => span.id));
  for (const span of spans) if (kindOf(span) !== "model" && !covered.has(span.id)) reader.readWhole(span);
  return { turns: reader.turns, firstInput: reader.firstInput ?? [] };
}

class TurnReader {
  readonly turns: Turn[] = [];
  firstInput: Message[] | undefined;
  readonly #tree: SpanTree;
  /** Calls so far by id, or by tool and arguments where they have none. */
  readonly #known = new Map<string, TurnCall[]>();
  readonly #bySpan = new Map<string, Turn>();
  /** What was called before this trace began. */
  readonly #history = new Map<string, number>();
  readonly #begun = new Set<string>();

  constructor(tree: SpanTree) {
    this.#tree = tree;
  }

  readModel(span: Span): void {
    const input = inputMessages(span);
    if (input.length > 0) this.firstInput ??= input;
    this.#readInput(span, input);
    const output = outputMessages(span);
    const outer = this.#tree
      .above(span)
      .map((above) => this.#bySpan.get(above.id))
      .find((turn) => turn);
    const turn = outer ?? this.#newTurn(span);
    this.#bySpan.set(span.id, turn);
    this.#say(turn, output);
    for (const message of output)
      for (const call of message.calls)
        if (!this.#isRepeated(call, outer)) this.#addCall(turn, call, span.outputRef);
    const results = output.filter((message) => message.results.length > 0);
    this.#answer(
      results.map((message) => ({ ...message, calls: [] })),
      span.outputRef,
    );
  }

  /** A conversation that only the agent's span holds. */
  readWhole(span: Span): void {
    const messages = agentMessages(span);
    if (messages.every(({ calls }) => calls.length === 0)) return;
    this.firstInput ??= messages;
    for (const message of messages) {
      const fresh = message.calls.filter((call) => !this.#isRepeated(call, undefined));
      if (message.role === "assistant" && (fresh.length > 0 || message.calls.length === 0)) {
        const turn = this.#newTurn(span);
        this.#say(turn, [message]);
        for (const call of fresh) this.#addCall(turn, call, span.ref);
      }
    }
    this.#answer(messages, span.ref);
  }

  #newTurn(span: Span): Turn {
    const turn: Turn = { span, thinking: [], calls: [] };
    this.turns.push(turn);
    return turn;
  }

  /** A wrapper's answer is its inner span's: text that was said is not said again. */
  #say(turn: Turn, messages: readonly Message[]): void {
    for (const { reasoning, texts, role } of messages) {
      if (role !== "assistant") continue;
      for (const text of [...reasoning, ...texts])
        if (text.trim() !== "" && !turn.thinking.includes(text)) turn.thinking.push(text);
    }
  }

  /** Whether an answer's call was made by an earlier answer: its id was, or the span around it made it. */
  #isRepeated(call: Call, outer: Turn | undefined): boolean {
    const isSame = (known: TurnCall): boolean =>
      signature(known) === signature(call) &&
      (known.id === undefined || call.id === undefined || known.id === call.id);
    if (outer?.calls.some(isSame)) return true;
    return callId(call) !== undefined && (this.#known.get(keyOf(call)) ?? []).some(isSame);
  }

  #addCall(turn: Turn, call: Call, ref: Ref): void {
    const added: TurnCall = { ...call, id: callId(call), ref, result: null };
    turn.calls.push(added);
    this.#known.set(keyOf(call), [...(this.#known.get(keyOf(call)) ?? []), added]);
  }

  /**
   * A request repeats the conversation. What the first one of an agent holds was called before; calls in later
   * ones that no answer made tell of an answer that was not recorded.
   */
  #readInput(span: Span, input: readonly Message[]): void {
    const agent = this.#tree.above(span).find((above) => kindOf(above) === "agent")?.id ?? "";
    const isFirst = !this.#begun.has(agent) && !this.#begun.has("");
    this.#begun.add(agent);
    const seen = new Map<string, number>();
    const untold: Turn = { span, thinking: [], calls: [] };
    for (const { calls } of input) {
      for (const call of calls) {
        const key = keyOf(call);
        const times = (seen.get(key) ?? 0) + 1;
        seen.set(key, times);
        const known = (this.#known.get(key)?.length ?? 0) + (this.#history.get(key) ?? 0);
        if (times <= known) continue;
        if (isFirst) this.#history.set(key, times);
        else this.#addCall(untold, call, span.inputRef);
      }
    }
    if (untold.calls.length > 0) this.turns.push(untold);
    this.#answer(input, span.inputRef);
  }

  /**
   * Gives each call its answer. Within a conversation the n-th call of a kind is the n-th that was made, and an
   * answer goes to the oldest of its calls there; answers alone go by id, else to the oldest call without one.
   */
  #answer(messages: readonly Message[], ref: Ref): void {
    const seen = new Map<string, number>();
    const pending: { call: Call; known: TurnCall | undefined }[] = [];
    for (const { calls, results } of messages) {
      for (const call of calls) {
        const key = keyOf(call);
        const before = seen.get(key) ?? 0;
        seen.set(key, before + 1);
        const known = this.#known.get(key)?.[before - (this.#history.get(key) ?? 0)];
        pending.push({ call, known });
      }
      for (const result of results) {
        const at = pending.findIndex(({ call }) => answers(result, call));
        const [asked] = at < 0 ? [] : pending.splice(at, 1);
        const known = asked?.known;
        const isAnswered = known?.result?.text === result.text;
        const isHistory = asked !== undefined && known === undefined;
        if (isAnswered || isHistory) continue;
        const open = known?.result === null ? known : this.#open(result);
        if (open) open.result = { ...result, ref };
      }
    }
  }

  #open(result: Result): TurnCall | undefined {
    return [...this.#known.values()].flat().find((call) => call.result === null && answers(result, call));
  }
}

/** Whether an answer may be that of a call: by id where it has one. */
function answers(result: Result, call: Call): boolean {
  const id = result.id === result.tool ? undefined : result.id;
  if (id !== undefined) return callId(call) === id;
  return callId(call) === undefined && (result.tool === undefined || result.tool === call.tool);
}

/** Some gateways give a tool's name for an id. */
function callId(call: Call): string | undefined {
  return call.id === call.tool ? undefined : call.id;
}

function keyOf(call: Call): string {
  return callId(call) ?? signature(call);
}

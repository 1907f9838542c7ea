import type { ChatMessage, ChatReply } from "../model/model.ts";
import { ModelError } from "../model/model-error.ts";
import { type Compacted, compact } from "./compact.ts";
import type { Journal } from "./journal.ts";
import type { LoopEnd, LoopLimits, LoopPorts } from "./loop-types.ts";
import { UsageSum } from "./usage.ts";

/** What asking came to: a reply, or why there is none. `isFinal` false = the session can be taken up again. */
export type Asked = { reply: ChatReply } | { end: LoopEnd; isFinal: boolean };

/** What asking needs of the ports of a loop. */
export type AskPorts = Pick<LoopPorts, "query" | "now" | "reserve">;

/** Asks the model, or its record, within the limits. */
export class Asker {
  readonly usage = new UsageSum();
  /** Calls whose reply stood in the record. */
  replayedCalls = 0;
  readonly #ports: AskPorts;
  readonly #limits: LoopLimits;
  readonly #journal: Journal;
  readonly #startedAt: number;
  /** Narrowed once the model has said that a prompt is too long. */
  #room: Pick<LoopLimits, "context_tokens" | "outputs_kept">;
  #lastCompaction = "none 0";

  constructor(ports: AskPorts, limits: LoopLimits, journal: Journal) {
    this.#ports = ports;
    this.#limits = limits;
    this.#journal = journal;
    this.#startedAt = ports.now();
    this.#room = limits;
  }

  /** Asks for the reply of a call, from 1, with what the context has room for. */
  async ask(call: number, messages: readonly ChatMessage[]): Promise<Asked> {
    const recorded = this.#journal.reply(call);
    const whole = compact(messages, this.#room);
    if (recorded === null) {
      const ended = this.#journal.end();
      if (ended !== null) return { end: ended, isFinal: true };
      const limit = this.#limitBefore(call, whole);
      // With a higher limit the same session goes on.
      if (limit !== null) return { end: limit, isFinal: false };
    }
    this.#noteCompaction(call, whole, false);
    return this.#journal.overflowed(call, whole.estimated_tokens)
      ? this.#askWithLess(call, messages, whole, recorded)
      : this.#query(whole, recorded, () => this.#askWithLess(call, messages, whole, null));
  }

  /** After an overflow: with half the tokens and one output, and so for all calls to come. */
  async #askWithLess(
    call: number,
    messages: readonly ChatMessage[],
    tooLong: Compacted,
    recorded: ChatReply | null,
  ): Promise<Asked> {
    this.#room = { context_tokens: Math.floor(tooLong.estimated_tokens / 2), outputs_kept: 1 };
    const shorter = compact(messages, this.#room);
    const context: Asked = { end: "context", isFinal: true };
    this.#noteCompaction(call, shorter, true);
    if (shorter.estimated_tokens >= tooLong.estimated_tokens) return context;
    return this.#query(shorter, recorded, async () => context);
  }

  async #query(
    sent: Compacted,
    recorded: ChatReply | null,
    onOverflow: () => Promise<Asked>,
  ): Promise<Asked> {
    try {
      if (recorded === null) {
        const limit = this.#ports.reserve?.(sent.estimated_tokens) ?? null;
        if (limit !== null) return { end: limit, isFinal: false };
      }
      const reply = recorded ?? (await this.#ports.query(sent.messages));
      await this.usage.add(reply, sent.messages);
      if (recorded !== null) this.replayedCalls++;
      return { reply };
    } catch (error) {
      if (isAbort(error)) return { end: "aborted", isFinal: false };
      if (error instanceof ModelError && error.failure === "context_overflow") return onOverflow();
      throw error;
    }
  }

  #limitBefore(call: number, next: Compacted): LoopEnd | null {
    const { calls, tokens, cost_usd, seconds } = this.#limits;
    if (call > calls) return "calls";
    if (tokens !== null && this.usage.tokens + next.estimated_tokens > tokens) return "tokens";
    if (cost_usd !== null && this.usage.knownCost >= cost_usd) return "cost";
    if (seconds !== null && this.#ports.now() - this.#startedAt >= seconds * 1000) return "time";
    return null;
  }

  #noteCompaction(
    call: number,
    { level, elided_outputs, estimated_tokens }: Compacted,
    overflow: boolean,
  ): void {
    const state = `${level} ${elided_outputs}`;
    if (state === this.#lastCompaction && !overflow) return;
    this.#lastCompaction = state;
    this.#journal.append({ type: "compacted", call, level, elided_outputs, estimated_tokens, overflow });
  }
}

/** Whether something was given up because its caller said so. */
export function isAbort(error: unknown): boolean {
  return error instanceof ModelError
    ? error.failure === "aborted"
    : error instanceof Error && error.name === "AbortError";
}

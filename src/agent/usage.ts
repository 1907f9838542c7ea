import { countTokens } from "../model/count-tokens.ts";
import type { ChatMessage, ChatReply } from "../model/model.ts";
import type { LoopUsage } from "./loop-types.ts";

/** No call at all: costs nothing. */
export const NOTHING_SPENT: Readonly<LoopUsage> = {
  calls: 0,
  input_tokens: 0,
  cached_input_tokens: 0,
  output_tokens: 0,
  reasoning_tokens: 0,
  cost_usd: 0,
  counted: false,
};

/** Adds up what calls took. */
export class UsageSum {
  readonly #total: LoopUsage = { ...NOTHING_SPENT };
  #knownCost = 0;

  /** Adds a call. Tokens that the provider did not report are counted in what was sent and said. */
  async add({ text, usage, cost_usd }: ChatReply, sent: readonly ChatMessage[]): Promise<void> {
    const total = this.#total;
    total.calls++;
    total.input_tokens += usage.input_tokens ?? (await countAll(sent.map((message) => message.text)));
    total.output_tokens += usage.output_tokens ?? (await countAll([text]));
    total.cached_input_tokens += usage.cached_input_tokens ?? 0;
    total.reasoning_tokens += usage.reasoning_tokens ?? 0;
    total.counted ||= usage.input_tokens === null || usage.output_tokens === null;
    total.cost_usd = total.cost_usd === null || cost_usd === null ? null : total.cost_usd + cost_usd;
    this.#knownCost += cost_usd ?? 0;
  }

  /** So far. */
  total(): LoopUsage {
    return { ...this.#total };
  }

  get tokens(): number {
    return this.#total.input_tokens + this.#total.output_tokens;
  }

  /** Dollars, without the calls whose price is not known. */
  get knownCost(): number {
    return this.#knownCost;
  }
}

async function countAll(texts: readonly string[]): Promise<number> {
  let sum = 0;
  for (const text of texts) sum += await countTokens(text);
  return sum;
}

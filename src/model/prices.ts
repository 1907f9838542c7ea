import type { PriceOptions, Usage } from "@pydantic/genai-prices";
import { setting } from "./http-server.ts";
import type { TokenUsage } from "./model.ts";
import type { ModelOptions } from "./options.ts";
import { loadOwnPrices, type OwnPrice } from "./own-prices.ts";
import { absolutePath } from "./paths.ts";
import { type ModelSpec, parseModelSpec } from "./spec.ts";

/** What is known of a model's price and size. */
export interface Pricer {
  /** Dollars of a call; null where the price, or how many tokens it took, is not known. `servedModel` is the name that the server gave. */
  costOf(usage: TokenUsage, servedModel: string | null): number | null;
  /** null = not known. */
  context_tokens: number | null;
}

const MILLION = 1e6;

/**
 * The prices of a model: the user's own (`options.prices`) by its specification or name, else those of the bundled table, which knows the public
 * providers. A server of one's own has no price there. Commands, scripts and recordings have the user's only.
 */
export async function pricerOf(
  spec: string,
  options: Pick<ModelOptions, "base_url" | "env" | "cwd" | "prices" | "now">,
): Promise<Pricer> {
  const parsed = parseModelSpec(spec);
  const own = options.prices === null ? NO_PRICES : loadOwnPrices(absolutePath(options.prices, options.cwd));
  const table = "name" in parsed ? await tableOf(parsed, options) : NO_TABLE;
  const name = "name" in parsed ? parsed.name : null;
  const ownPrice = own.get(spec.trim()) ?? (name === null ? undefined : own.get(name));
  return {
    context_tokens: ownPrice?.context_tokens ?? (name === null ? null : table.contextTokens(name)),
    costOf(usage, servedModel) {
      const price = ownPrice ?? (servedModel === null ? undefined : own.get(servedModel));
      if (price) return ownCost(usage, price);
      if (name === null) return null;
      return table.cost(usage, name) ?? (servedModel === null ? null : table.cost(usage, servedModel));
    },
  };
}

const NO_PRICES: ReadonlyMap<string, OwnPrice> = new Map();

function ownCost(usage: TokenUsage, price: OwnPrice): number | null {
  if (usage.input_tokens === null || usage.output_tokens === null) return null;
  const cached = usage.cached_input_tokens ?? 0;
  const written = usage.cache_write_input_tokens ?? 0;
  const plain = usage.input_tokens - cached - written;
  if (plain < 0) return null;
  const dollars =
    plain * price.input +
    cached * (price.cached_input ?? price.input) +
    written * (price.cache_write ?? price.input) +
    usage.output_tokens * price.output;
  return dollars / MILLION;
}

/** The bundled table, as seen from one provider. */
interface Table {
  cost(usage: TokenUsage, model: string): number | null;
  contextTokens(model: string): number | null;
}

const NO_TABLE: Table = { cost: () => null, contextTokens: () => null };

async function tableOf(
  spec: ModelSpec & { kind: "anthropic" | "openai" },
  options: Pick<ModelOptions, "base_url" | "env" | "now">,
): Promise<Table> {
  const { calcPrice } = await import("@pydantic/genai-prices");
  const url = baseUrlOf(spec.kind, options);
  const provider: PriceOptions = url === null ? { providerId: spec.kind } : { providerApiUrl: url };
  const look = (usage: Usage, model: string): ReturnType<typeof calcPrice> => {
    try {
      return calcPrice(usage, model, { ...provider, timestamp: new Date(options.now()) });
    } catch {
      // The table refuses counts that do not add up.
      return null;
    }
  };
  return {
    cost({ input_tokens, output_tokens, cached_input_tokens, cache_write_input_tokens }, model) {
      if (input_tokens === null || output_tokens === null) return null;
      const usage = {
        input_tokens,
        output_tokens,
        cache_read_tokens: cached_input_tokens ?? 0,
        cache_write_tokens: cache_write_input_tokens ?? 0,
      };
      return look(usage, model)?.total_price ?? null;
    },
    contextTokens: (model) =>
      look({ input_tokens: 1, output_tokens: 1 }, model)?.model.context_window ?? null,
  };
}

/** The address that is called instead of the provider's own; null = the provider's own. */
export function baseUrlOf(
  kind: "anthropic" | "openai",
  { base_url, env }: Pick<ModelOptions, "base_url" | "env">,
): string | null {
  return base_url ?? setting(env, kind === "openai" ? "OPENAI_BASE_URL" : "ANTHROPIC_BASE_URL");
}

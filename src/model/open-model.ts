import { CodeTracerError } from "../util/errors.ts";
import { SYSTEM_CLOCK } from "./clock.ts";
import type { HttpModelOptions } from "./http-options.ts";
import type { ChatModel } from "./model.ts";
import type { ModelOptions } from "./options.ts";
import { absolutePath } from "./paths.ts";
import { pricerOf } from "./prices.ts";
import { createRateLimiter, type RateLimiter } from "./rate-limit.ts";
import { type ModelSpec, parseModelSpec } from "./spec.ts";

/**
 * Opens the model of a specification, once for all that share its limits: calls beyond `concurrency` wait, replies get their price, and are
 * recorded where that is asked for. Nothing is called yet. Throws CodeTracerError for a specification, file or option that is wrong, ModelError
 * `missing_key` where a key is needed.
 */
export async function openModel(spec: string, options: ModelOptions): Promise<ChatModel> {
  const parsed = parseModelSpec(spec);
  checkOptions(parsed, options);
  const limiter = createRateLimiter({ ...SYSTEM_CLOCK, concurrency: options.concurrency });
  const [adapter, pricer] = await Promise.all([
    adapterOf(spec, parsed, options, limiter),
    pricerOf(spec, options),
  ]);
  const priced: ChatModel = {
    spec: spec.trim(),
    context_tokens: options.context_tokens ?? adapter.context_tokens ?? pricer.context_tokens,
    priceOf: adapter.priceOf ?? ((usage) => pricer.costOf(usage, null)),
    async complete(request) {
      const reply = await limiter.run(() => adapter.complete(request), request.signal);
      return { ...reply, cost_usd: reply.cost_usd ?? pricer.costOf(reply.usage, reply.model) };
    },
  };
  if (options.record_to === null) return priced;
  const { recording } = await import("./recorded.ts");
  return recording(priced, absolutePath(options.record_to, options.cwd));
}

async function adapterOf(
  spec: string,
  parsed: ModelSpec,
  options: ModelOptions,
  limiter: RateLimiter,
): Promise<ChatModel> {
  if (parsed.kind === "exec") {
    return (await import("./exec.ts")).createExecModel(parsed.command, options);
  }
  if (parsed.kind === "scripted") {
    return await (await import("./scripted.ts")).createScriptedModel(parsed.file, options);
  }
  if (parsed.kind === "recorded") {
    return (await import("./recorded.ts")).createRecordedModel(parsed.folder, options);
  }
  const { base_url, env, timeout_ms, max_retries, api } = options;
  const http: HttpModelOptions = {
    spec: spec.trim(),
    base_url,
    env,
    timeout_ms,
    max_retries,
    api,
    limiter,
  };
  return parsed.kind === "anthropic"
    ? await (await import("./anthropic.ts")).createAnthropicModel(parsed.name, http)
    : await (await import("./openai.ts")).createOpenAiModel(parsed.name, http);
}

function checkOptions({ kind }: ModelSpec, { base_url, record_to, concurrency }: ModelOptions): void {
  if (base_url !== null && kind !== "openai" && kind !== "anthropic") {
    throw new CodeTracerError(
      "bad_argument",
      `a base URL is for openai/ and anthropic/ models; ${kind}: has no server`,
    );
  }
  if (record_to !== null && kind === "recorded") {
    throw new CodeTracerError(
      "bad_argument",
      "replies of a recording are recorded already; leave out --record",
    );
  }
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new CodeTracerError("bad_argument", "the calls to a model at a time must be a whole number from 1");
  }
}

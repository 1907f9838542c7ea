import { type Endpoint, endpointOf } from "../../model/endpoint.ts";
import type { ChatReply, TokenUsage } from "../../model/model.ts";
import { ModelError, type ModelFailure } from "../../model/model-error.ts";
import { openModel } from "../../model/open-model.ts";
import type { ModelOptions } from "../../model/options.ts";
import { printable } from "../../report/printable.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { prompt } from "../../util/prompt.ts";
import type { ExitCode, Io } from "../io.ts";
import { type ModelFlags, modelOptions, modelSpec } from "../model-flags.ts";

/** Enough for a model that thinks before it says one word. */
const MAX_OUTPUT_TOKENS = 2048;
const SHOWN_CHARS = 200;

/** What one tiny call showed. null = not reported or not known. */
interface Check extends Endpoint {
  spec: string;
  model: string | null;
  reply: string;
  stop_reason: ChatReply["stop_reason"];
  usage: TokenUsage;
  cost_usd: number | null;
  context_tokens: number | null;
  /** Whether the server tells of cached tokens. */
  prompt_caching: boolean | null;
  seconds: number;
}

/** `codetracer models check`: makes one tiny call to a model and prints what was understood of it. */
export async function modelsCheck(flags: ModelFlags & { json?: boolean }, io: Io): Promise<ExitCode> {
  const spec = modelSpec(flags, io);
  if (spec === null) {
    throw new CodeTracerError("bad_argument", "no model is named; give --model or set CODETRACER_MODEL");
  }
  const options = modelOptions(flags, io);
  try {
    const check = await ask(spec, options, io);
    io.stdout.write(flags.json ? `${JSON.stringify(check, null, 2)}\n` : words(check));
    return 0;
  } catch (error) {
    if (!flags.json || !(error instanceof ModelError) || io.signal.aborted) throw error;
    io.stdout.write(`${JSON.stringify(failed(spec, options, error), null, 2)}\n`);
    return 2;
  }
}

async function ask(spec: string, options: ModelOptions, io: Io): Promise<Check> {
  const model = await openModel(spec, options);
  const started = io.now();
  const reply = await model.complete({
    messages: [{ role: "user", text: prompt("model/check").trim() }],
    max_output_tokens: MAX_OUTPUT_TOKENS,
    signal: io.signal,
  });
  const endpoint = endpointOf(spec, options);
  return {
    spec: model.spec,
    ...endpoint,
    model: reply.model,
    reply: reply.text,
    stop_reason: reply.stop_reason,
    usage: reply.usage,
    cost_usd: reply.cost_usd,
    context_tokens: model.context_tokens,
    prompt_caching: caches(endpoint, reply.usage),
    seconds: (io.now() - started) / 1000,
  };
}

function caches({ provider }: Endpoint, usage: TokenUsage): boolean | null {
  if (provider === "script" || provider === "recording") return false;
  return usage.cached_input_tokens !== null || usage.cache_write_input_tokens !== null ? true : null;
}

function failed(
  spec: string,
  options: ModelOptions,
  error: ModelError,
): Endpoint & {
  spec: string;
  error: { failure: ModelFailure; status: number | null; message: string };
} {
  const { failure, status, message } = error;
  return { spec, ...endpointOf(spec, options), error: { failure, status, message } };
}

const STOP_WORDS: Readonly<Record<ChatReply["stop_reason"], string>> = {
  end: "it had said all",
  length: "cut off at the output limit",
  refusal: "refused",
};

function words(check: Check): string {
  const { usage } = check;
  const rows: [string, string][] = [
    ["model", check.spec],
    ["provider", check.provider],
    ["endpoint", endpointWords(check)],
    ["named by the server", check.model ?? "not reported"],
    ["reply", replyWords(check.reply)],
    ["stopped", STOP_WORDS[check.stop_reason]],
    ["input tokens", reported(usage.input_tokens)],
    ["  read from a cache", reported(usage.cached_input_tokens)],
    ["  written to a cache", reported(usage.cache_write_input_tokens)],
    ["output tokens", reported(usage.output_tokens)],
    ["  of reasoning", reported(usage.reasoning_tokens)],
    [
      "cost",
      check.cost_usd === null ? "unknown; give prices with --prices" : `$${check.cost_usd.toFixed(6)}`,
    ],
    ["context", check.context_tokens === null ? "unknown" : `${check.context_tokens} tokens`],
    ["prompt caching", check.prompt_caching === null ? "unknown" : check.prompt_caching ? "yes" : "no"],
    ["time", `${check.seconds.toFixed(1)} s`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}\n`).join("");
}

function endpointWords({ api, base_url }: Endpoint): string {
  if (api === null) return "none";
  return base_url === null ? `${api}, the provider's own server` : `${api}, ${base_url}`;
}

function replyWords(reply: string): string {
  if (reply === "") return "empty";
  return reply.length > SHOWN_CHARS ? `${reply.slice(0, SHOWN_CHARS)}…` : reply;
}

function reported(tokens: number | null): string {
  return tokens === null ? "not reported" : String(tokens);
}

import { type Command, Option } from "commander";
import { EXEC_TIMEOUT_MS, MODEL_DEFAULTS, type ModelOptions } from "../model/options.ts";
import type { Io } from "./io.ts";
import { wholeNumber } from "./numbers.ts";

/** Flags of every command that asks a model. */
export interface ModelFlags {
  model?: string;
  baseUrl?: string;
  api?: "auto" | "chat" | "responses";
  prices?: string;
  record?: string;
  modelTimeout?: string;
  retries?: string;
  modelConcurrency?: string;
  contextTokens?: string;
}

/** Adds them to a command. What they mean by default stands in `MODEL_DEFAULTS`. */
export function addModelFlags(command: Command): Command {
  return command
    .option(
      "--model <spec>",
      "anthropic/<model>, openai/<model>, exec:<command>, scripted:<file> or recorded:<folder> (default: CODETRACER_MODEL)",
    )
    .option("--base-url <url>", "a server that is compatible with the model's interface")
    .addOption(
      new Option("--api <interface>", "which interface of an openai/ model (default: auto)").choices([
        "auto",
        "chat",
        "responses",
      ]),
    )
    .option(
      "--prices <file>",
      "JSON with prices of models in dollars per million tokens, before the known ones",
    )
    .option("--record <folder>", "keep every reply there, for --model recorded:<folder>")
    .option(
      "--model-timeout <seconds>",
      "give up a call after this time, of silence from a server (default: 300; 3600 for a program)",
    )
    .option("--retries <n>", "try a failed call again so often (default: 4)")
    .option("--model-concurrency <n>", "calls to the model at a time (default: 4)")
    .option("--context-tokens <n>", "tokens that the model takes (default: as the price table has it)");
}

/** The model that is meant: the flag, then CODETRACER_MODEL; null = none. */
export function modelSpec(flags: ModelFlags, io: Pick<Io, "env">): string | null {
  const spec = (flags.model ?? io.env.CODETRACER_MODEL ?? "").trim();
  return spec === "" ? null : spec;
}

/** How to open it. Throws CodeTracerError `bad_argument` for a value that is no number. */
export function modelOptions(flags: ModelFlags, io: Pick<Io, "env" | "cwd" | "now">): ModelOptions {
  const timeout = optional("--model-timeout", flags.modelTimeout);
  return {
    base_url: flags.baseUrl ?? MODEL_DEFAULTS.base_url,
    api: flags.api ?? MODEL_DEFAULTS.api,
    env: io.env,
    cwd: io.cwd,
    timeout_ms: timeout === null ? defaultTimeout(flags, io) : timeout * 1000,
    max_retries: optional("--retries", flags.retries, 0) ?? MODEL_DEFAULTS.max_retries,
    concurrency: optional("--model-concurrency", flags.modelConcurrency) ?? MODEL_DEFAULTS.concurrency,
    record_to: flags.record ?? MODEL_DEFAULTS.record_to,
    prices: flags.prices ?? MODEL_DEFAULTS.prices,
    context_tokens: optional("--context-tokens", flags.contextTokens) ?? MODEL_DEFAULTS.context_tokens,
    now: io.now,
  };
}

function defaultTimeout(flags: ModelFlags, io: Pick<Io, "env">): number {
  return modelSpec(flags, io)?.startsWith("exec:") ? EXEC_TIMEOUT_MS : MODEL_DEFAULTS.timeout_ms;
}

/** Seconds of this size are milliseconds that a timer still holds. */
const MOST = 2_000_000;

function optional(flag: string, text: string | undefined, least = 1): number | null {
  return text === undefined ? null : wholeNumber(flag, text, { least, most: MOST });
}

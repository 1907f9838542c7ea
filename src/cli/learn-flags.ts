import { type Command, Option } from "commander";
import type { LoopLimits, ShellChoice } from "../agent/index.ts";
import { type ChatModel, UNKNOWN_USAGE } from "../model/model.ts";
import { CodeTracerError } from "../util/errors.ts";
import { addModelFlags, type ModelFlags } from "./model-flags.ts";
import { dollars, wholeNumber } from "./numbers.ts";

/** Flags of `extractors learn`. */
export interface LearnFlags extends ModelFlags {
  shell?: ShellChoice;
  maxCalls?: string;
  maxCost?: string;
  maxSeconds?: string;
  fresh?: boolean;
  siblings?: boolean;
  quiet?: boolean;
  json?: boolean;
}

const LIMITS: LoopLimits = {
  calls: 30,
  tokens: null,
  cost_usd: null,
  seconds: 1800,
  malformed_replies: 3,
  max_output_tokens: 16_000,
  context_tokens: 48_000,
  outputs_kept: 2,
};

/** Room that a model's context keeps for its reply and for what an estimate gets wrong. */
const CONTEXT_SHARE = 0.7;

/** Adds them to a command. */
export function addLearnFlags(command: Command): Command {
  return addModelFlags(command)
    .addOption(
      new Option("--shell <name>", "sandbox of the model's shell (default: auto)").choices([
        "auto",
        "bubblewrap",
        "virtual",
      ]),
    )
    .option("--max-calls <n>", `calls to the model (default: ${LIMITS.calls})`)
    .option("--max-cost <dollars>", "begin no call once so much is spent")
    .option("--max-seconds <n>", `begin no call after this time (default: ${LIMITS.seconds})`)
    .option("--fresh", "do not go on with an earlier session over this run")
    .option("--no-siblings", "do not read what lies beside the run, and keep no samples of it")
    .option("--json", "print JSON")
    .option("-q, --quiet", "no progress on stderr");
}

/** The limits of a session. Throws CodeTracerError `bad_argument` for a value that makes no sense, or dollars where the price is not known. */
export function learnLimits(flags: LearnFlags, model: ChatModel): LoopLimits {
  const { context_tokens } = model;
  const room = context_tokens === null ? LIMITS.context_tokens : Math.floor(context_tokens * CONTEXT_SHARE);
  const reply = context_tokens === null ? LIMITS.max_output_tokens : Math.floor(context_tokens / 6);
  return {
    ...LIMITS,
    calls: flags.maxCalls === undefined ? LIMITS.calls : wholeNumber("--max-calls", flags.maxCalls),
    seconds: flags.maxSeconds === undefined ? LIMITS.seconds : wholeNumber("--max-seconds", flags.maxSeconds),
    cost_usd: flags.maxCost === undefined ? null : knownCost(flags.maxCost, model),
    max_output_tokens: Math.min(LIMITS.max_output_tokens, reply),
    context_tokens: Math.min(LIMITS.context_tokens, room),
  };
}

function knownCost(text: string, model: ChatModel): number {
  const most = dollars("--max-cost", text);
  const price = model.priceOf?.({ ...UNKNOWN_USAGE, input_tokens: 1, output_tokens: 1 }) ?? null;
  if (price !== null) return most;
  throw new CodeTracerError(
    "bad_argument",
    `--max-cost cannot be kept to: the price of ${model.spec} is not known; give it with --prices or leave out --max-cost`,
  );
}

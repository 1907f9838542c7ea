import { type Command, Option } from "commander";
import type { LoopLimits, SharedBudget, ShellChoice } from "../agent/index.ts";
import type { ChatModel } from "../model/model.ts";
import type { ModelTracer, RunMemory } from "../trace/index.ts";
import type { Profile } from "../trajectory/index.ts";
import { CodeTracerError } from "../util/errors.ts";
import type { Io } from "./io.ts";
import { memoryOf } from "./memory-flag.ts";
import { addModelFlags, type ModelFlags, modelOptions, modelSpec } from "./model-flags.ts";
import { dollars, share, wholeNumber } from "./numbers.ts";

/** Flags of every command that diagnoses. */
export interface TracerFlags extends ModelFlags {
  tracer?: "auto" | "rules" | "direct" | "agent";
  votes?: string;
  shell?: ShellChoice;
  maxCalls?: string;
  maxTokens?: string;
  maxCost?: string;
  maxSeconds?: string;
  maxOutputTokens?: string;
  threshold?: string;
  calibration?: string;
  profile?: Profile;
  estimate?: boolean;
  memory?: boolean;
}

/** Adds the flags that choose and bound a tracer, and those of its model. */
export function addTracerFlags(command: Command): Command {
  return addModelTracerFlags(
    command
      .addOption(
        new Option(
          "--tracer <name>",
          "rules ask no model; direct asks one prompt; agent investigates in a sandboxed shell; auto = agent where a model is named (default: auto)",
        ).choices(["auto", "rules", "direct", "agent"]),
      )
      .addOption(
        new Option(
          "--profile <name>",
          "which labels stand in labels.json: what the benchmark would count, or every finding (default: codetracebench)",
        ).choices(["codetracebench", "findings"]),
      )
      .option("--max-cost <dollars>", "begin no call that could cost more than this over all runs"),
  );
}

/** Adds the flags of tracers that ask a model, for a command that chooses between them in its own way. */
export function addModelTracerFlags(command: Command): Command {
  return addModelFlags(command)
    .option("--votes <n>", "passes of the model over each run, merged by agreement (default: 1)")
    .addOption(
      new Option("--shell <name>", "sandbox of the agent's shell (default: auto)").choices([
        "auto",
        "bubblewrap",
        "virtual",
      ]),
    )
    .option("--max-calls <n>", `calls to the model for each run (default: ${LIMITS.calls})`)
    .option("--max-tokens <n>", "tokens for each run (default: no limit)")
    .option("--max-seconds <n>", "seconds for each run (default: no limit)")
    .option("--max-output-tokens <n>", `tokens of one reply (default: ${LIMITS.max_output_tokens})`)
    .option(
      "--threshold <share>",
      "probability from which on a step counts (default: as the selection was fitted)",
    )
    .option(
      "--memory",
      "let what other runs of the same framework showed be hints, and add what this one shows",
    )
    .option("--calibration <file>", "take the threshold that bench --calibrate chose for this model");
}

/** What holds where no flag says otherwise. */
const LIMITS: LoopLimits = {
  calls: 24,
  tokens: null,
  cost_usd: null,
  seconds: null,
  malformed_replies: 3,
  max_output_tokens: 16_000,
  context_tokens: 48_000,
  outputs_kept: 2,
};

/** Room that a model's context keeps for its reply and for what an estimate gets wrong. */
const CONTEXT_SHARE = 0.7;

/** Whether a tracer that asks a model is meant, and which. null = the rules. */
export function modelTracerName(flags: TracerFlags, io: Pick<Io, "env">): ModelTracer["name"] | null {
  const asked = flags.tracer ?? "auto";
  if (asked === "rules") return null;
  const spec = modelSpec(flags, io);
  if (asked === "auto") return spec === null ? null : "agent";
  if (spec !== null) return asked;
  throw new CodeTracerError(
    "bad_argument",
    `--tracer ${asked} asks a model and none is named; give --model, set CODETRACER_MODEL, or take --tracer rules`,
  );
}

/** Makes the tracers of one call: they share a model, its limits, and the folder of a memory (null = none). Throws CodeTracerError for flags that make no sense. */
export async function modelTracers(
  flags: TracerFlags,
  io: Io,
  memory: string | null = memoryOf(flags, io),
): Promise<(name: ModelTracer["name"]) => ModelTracer> {
  const spec = modelSpec(flags, io);
  if (spec === null)
    throw new CodeTracerError("bad_argument", "no model is named; give --model or set CODETRACER_MODEL");
  const maxCost = flags.maxCost === undefined ? null : dollars("--max-cost", flags.maxCost);
  const { readCalibration, requireCalibratedFor } = await import("./calibration.ts");
  const calibration = flags.calibration === undefined ? null : readCalibration(flags.calibration, io.cwd);
  const { openModel } = await import("../model/open-model.ts");
  const { createModelTracer } = await import("../trace/index.ts");
  const model = await openModel(spec, modelOptions(flags, io));
  const shared = {
    model,
    votes: wholeNumber("--votes", flags.votes ?? "1", { most: 50 }),
    shell: flags.shell ?? "auto",
    limits: limitsOf(flags, model),
    threshold: calibration?.threshold ?? thresholdOf(flags),
    memory: await runMemory(memory, io),
    budget: maxCost === null ? null : await sharedBudget(maxCost, model, io),
    now: io.now,
    signal: io.signal,
  };
  return (name) => {
    const tracer = createModelTracer({ ...shared, tracer: name });
    if (calibration) requireCalibratedFor(calibration, tracer);
    return tracer;
  };
}

/** A memory, as a tracer uses it. A part of it that cannot be read is told and left out. */
async function runMemory(folder: string | null, io: Io): Promise<RunMemory | null> {
  if (folder === null) return null;
  const { notesForPrompt, readMemory, rememberDiagnosis } = await import("../memory/index.ts");
  return {
    hints: ({ framework, run }) => {
      const { notes, problems } = readMemory(folder, framework, { exceptRun: run });
      for (const problem of problems) io.stderr.write(`${problem}\n`);
      return notesForPrompt(notes) || null;
    },
    remember: ({ framework, run }, diagnosis) => {
      try {
        rememberDiagnosis(folder, framework, run, diagnosis);
      } catch (error) {
        // A diagnosis was paid for: it is not lost for the memory's sake.
        if (!(error instanceof CodeTracerError)) throw error;
        io.stderr.write(`${error.message}\n`);
      }
    },
  };
}

function thresholdOf(flags: TracerFlags): number | null {
  return flags.threshold === undefined ? null : share("--threshold", flags.threshold);
}

function limitsOf(flags: TracerFlags, { context_tokens }: ChatModel): LoopLimits {
  const number = (flag: string, text: string | undefined): number | null =>
    text === undefined ? null : wholeNumber(flag, text);
  const room = context_tokens === null ? LIMITS.context_tokens : Math.floor(context_tokens * CONTEXT_SHARE);
  return {
    ...LIMITS,
    calls: number("--max-calls", flags.maxCalls) ?? LIMITS.calls,
    tokens: number("--max-tokens", flags.maxTokens),
    seconds: number("--max-seconds", flags.maxSeconds),
    max_output_tokens: number("--max-output-tokens", flags.maxOutputTokens) ?? replyTokens(context_tokens),
    context_tokens: Math.min(LIMITS.context_tokens, room),
  };
}

/** Less than usual where the context is small: the prompt needs it. */
function replyTokens(contextTokens: number | null): number {
  if (contextTokens === null) return LIMITS.max_output_tokens;
  return Math.min(LIMITS.max_output_tokens, Math.floor(contextTokens / 6));
}

/** A limit in dollars over all runs of a call. A price that is not known cannot be kept to. */
async function sharedBudget(cost_usd: number, model: ChatModel, io: Io): Promise<SharedBudget> {
  const { createBudget, NO_EXPENSE, UNKNOWN_USAGE } = await import("../model/index.ts");
  const budget = createBudget({ cost_usd, tokens: null, calls: null, seconds: null, now: io.now });
  const estimate = (tokens: number) => ({
    tokens,
    cost_usd:
      model.priceOf?.({ ...UNKNOWN_USAGE, input_tokens: tokens, output_tokens: REPLY_TOKENS }) ?? null,
  });
  if (estimate(1).cost_usd === null) {
    throw new CodeTracerError(
      "bad_argument",
      `--max-cost cannot be kept to: the price of ${model.spec} is not known; give it with --prices or leave out --max-cost`,
    );
  }
  return {
    reserve: (tokens) => budget.reserve(estimate(tokens)),
    settle: (tokens, reply) =>
      budget.settle(estimate(tokens), reply === null ? NO_EXPENSE : { tokens, cost_usd: reply.cost_usd }),
  };
}

/** What a reply is reckoned at before it is there. */
const REPLY_TOKENS = 1500;

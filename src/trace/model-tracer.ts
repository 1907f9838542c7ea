import { isDeepStrictEqual } from "node:util";
import { type LoopLimits, queryPorts, type SharedBudget, type ShellChoice } from "../agent/index.ts";
import { NOTHING_SPENT } from "../agent/usage.ts";
import type { ChatModel } from "../model/model.ts";
import type { DiagnosisFile } from "../trajectory/diagnosis.ts";
import { promptDigest } from "../util/prompt.ts";
import { AGENT_PROMPTS, HINT_PROMPT, investigate } from "./agent/investigate.ts";
import { diagnosisFile, type TracedBy } from "./diagnosis-file.ts";
import { DIRECT_PROMPTS, readAtOnce } from "./direct/read-at-once.ts";
import { estimateUsage } from "./estimate.ts";
import { findInjections } from "./injection/find-injections.ts";
import { mergeInvestigations } from "./investigation/merge.ts";
import { toDiagnosis } from "./investigation/to-diagnosis.ts";
import { sumSpent, toUsage } from "./model-usage.ts";
import type { JournalPlace, Pass, PassInput } from "./pass.ts";
import { refusesJudgement } from "./refuses-judgement.ts";
import { type TraceInput, traceWithRules } from "./rules/index.ts";
import { ruleSteps } from "./rules/rule-steps.ts";
import { SELECTOR_DIGEST, selectSteps } from "./select/index.ts";

const TRACER_VERSION = 1;

/** An indexed run, as a tracer that asks a model reads it. */
export interface ModelTraceInput extends TraceInput {
  /** `tree.md`. */
  tree: string;
  /** Where a memory keeps what it holds; absent = nowhere. */
  remembered_as?: RememberedAs;
}

/** A run, and the framework whose runs share a memory with it. */
export interface RememberedAs {
  framework: string;
  run: string;
}

/** What is learned across runs of a framework. */
export interface RunMemory {
  /** What other runs of the framework had in common; null = nothing yet. */
  hints(run: RememberedAs): string | null;
  remember(run: RememberedAs, diagnosis: DiagnosisFile): void;
}

/** How a tracer that asks a model is set. */
export interface ModelTracerSettings {
  tracer: "agent" | "direct";
  model: ChatModel;
  /** Passes over the run, whose findings are merged by agreement. */
  votes: number;
  shell: ShellChoice;
  limits: LoopLimits;
  /** Probability from which on a step is counted; null = as the selection was fitted. */
  threshold: number | null;
  /** Limits that many runs share; null = none. */
  budget: SharedBudget | null;
  /** Hints from other runs, for the agent, and what each run adds to them; null or absent = each run for itself. */
  memory?: RunMemory | null;
  /** Milliseconds. */
  now(): number;
  signal: AbortSignal;
}

/** A tracer that asks a model, ready for any number of runs. */
export interface ModelTracer {
  name: ModelTracerSettings["tracer"];
  /** What decides, beside the code, what it gives. */
  settings: Pick<DiagnosisFile, "tracer_version" | "model" | "prompt_digest" | "settings">;
  /** Over model, prompts, passes and selection: a calibrated threshold holds for no other. */
  config: string;
  /** Whether a diagnosis is what this tracer would give again, as it is set. */
  gave(diagnosis: DiagnosisFile): boolean;
  /** About what a run takes. */
  estimate(input: ModelTraceInput): DiagnosisFile["usage"];
  /** Throws CodeTracerError where the model, or the sandbox, is of no use. */
  trace(input: ModelTraceInput, journal: JournalPlace): Promise<DiagnosisFile>;
}

const PASSES = {
  agent: { run: investigate, prompts: AGENT_PROMPTS },
  direct: { run: readAtOnce, prompts: DIRECT_PROMPTS },
} as const;

/** Makes a tracer of a model. Nothing is asked yet. */
export function createModelTracer(given: ModelTracerSettings): ModelTracer {
  const { tracer, model, votes, threshold } = given;
  const isHinted = tracer === "agent" && given.memory != null;
  const settings: ModelTracer["settings"] = {
    tracer_version: TRACER_VERSION,
    model: model.spec,
    prompt_digest: promptDigest([...PASSES[tracer].prompts, ...(isHinted ? [HINT_PROMPT] : [])]),
    settings: { votes, threshold, selection: SELECTOR_DIGEST, ...(isHinted ? { memory: "on" } : {}) },
  };
  return {
    name: tracer,
    settings,
    config: [model.spec, settings.prompt_digest, `votes ${votes}`, SELECTOR_DIGEST].join(", "),
    gave: (diagnosis) =>
      diagnosis.tracer === tracer &&
      Object.entries(settings).every(([key, value]) =>
        isDeepStrictEqual(diagnosis[key as keyof typeof settings], value),
      ),
    estimate: (input) =>
      refusesJudgement(input) === null ? estimateUsage(input, given) : toUsage(NOTHING_SPENT),
    trace: async (input, journal) => {
      const { remembered_as: place } = input;
      const hints = isHinted && place ? (given.memory?.hints(place) ?? null) : null;
      const diagnosis = await trace({ ...input, hints }, journal, given, settings);
      if (place) given.memory?.remember(place, diagnosis);
      return diagnosis;
    },
  };
}

async function trace(
  input: PassInput & ModelTraceInput,
  journal: JournalPlace,
  given: ModelTracerSettings,
  settings: ModelTracer["settings"],
): Promise<DiagnosisFile> {
  const by: TracedBy & { tracer: ModelTracer["name"] } = {
    ...settings,
    tracer: given.tracer,
    injections: findInjections(input.steps),
    warnings: [],
    agreement: null,
    usage: toUsage(NOTHING_SPENT),
  };
  const refused = refusesJudgement(input);
  if (refused !== null) return diagnosisFile(input, by, refused);
  const passes = await passesOver(input, journal, given, settings);
  const { investigation, agreement } = mergeInvestigations(passes.map((pass) => pass.investigation));
  const chosen = selectSteps(
    {
      findings: investigation.findings,
      rules: ruleSteps(input),
      step_count: input.steps.length,
      resolved: input.outcome.resolved,
    },
    given.threshold,
  );
  const usage = toUsage(sumSpent(passes.map((pass) => pass.spent)));
  return toDiagnosis(input, investigation, chosen, {
    ...by,
    agreement,
    usage,
    rules: traceWithRules(input).labels,
  });
}

/** One after the other: they share a journal. */
async function passesOver(
  input: PassInput & ModelTraceInput,
  journal: JournalPlace,
  given: ModelTracerSettings,
  settings: ModelTracer["settings"],
): Promise<Pass[]> {
  const { tracer, model, limits, shell, signal, votes } = given;
  const passes: Pass[] = [];
  for (let pass = 1; pass <= votes; pass++) {
    passes.push(
      await PASSES[tracer].run(input, {
        loop: queryPorts(given),
        limits,
        shell,
        signal,
        journal: journal && { ...journal, fresh: journal.fresh && pass === 1 },
        header: {
          codetracer_version: input.codetracer_version,
          tracer,
          model: model.spec,
          prompt_digest: settings.prompt_digest ?? "",
          // A session that other hints began is another one: its replies answer to what it was told.
          settings: {
            max_output_tokens: limits.max_output_tokens,
            ...(input.hints ? { hints: input.hints } : {}),
          },
          pass,
          task: "Find out where the run went wrong.",
        },
        context_tokens: model.context_tokens,
      }),
    );
  }
  return passes;
}

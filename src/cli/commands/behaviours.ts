import fs from "node:fs";
import path from "node:path";
import { judgeBehaviours } from "../../fleet/behaviours/index.ts";
import { FLEET_PLACES } from "../../fleet/facts/index.ts";
import {
  builtInRubrics,
  disagreements,
  type Judgement,
  type JudgeSettings,
  judgeBudget,
  judgeWithModel,
  type Rubric,
  readRubrics,
  renderBehaviours,
  replyTokens,
} from "../../fleet/judge/index.ts";
import { openModel } from "../../model/index.ts";
import { dataFolder } from "../../util/data-folder.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { type ModelFlags, modelOptions, modelSpec } from "../model-flags.ts";
import { dollars } from "../numbers.ts";
import { tracedTarget } from "../traced-target.ts";

/** Flags of `behaviours`. */
export interface BehavioursFlags extends ModelFlags {
  rubric?: readonly string[];
  maxCost?: string;
  json?: boolean;
  color?: boolean;
}

/** `codetracer behaviours`: how the agent of one run behaved, by rules, and by a model where one is named. */
export async function behaviours(target: string, flags: BehavioursFlags, io: Io): Promise<ExitCode> {
  const rubrics = judgedRubrics(flags, io);
  const { folder, workspace } = await tracedTarget(target, io);
  const rules = judgeBehaviours(workspace);
  const spec = modelSpec(flags, io);
  const model =
    spec === null
      ? null
      : await byModel(workspace, rubrics, { spec, cache: cacheFolder(folder, io) }, flags, io);
  if (io.signal.aborted) return 130;
  const run = { run: target, rules, model };
  if (flags.json) io.stdout.write(`${JSON.stringify(toJson(run), null, 2)}\n`);
  else {
    const options = { color: useColor(io, io.stdout, flags.color), width: outputWidth(io) };
    io.stdout.write(renderBehaviours(run, options));
  }
  return 0;
}

/**
 * What the model is to judge: every built-in behaviour and the rubrics of the flags; none without a model. Throws CodeTracerError `bad_argument` for rubrics without a
 * model, or that are none.
 */
export function judgedRubrics(
  flags: Pick<BehavioursFlags, "rubric" | "model">,
  io: Pick<Io, "env" | "cwd">,
): Rubric[] {
  const files = flags.rubric ?? [];
  if (modelSpec(flags, io) !== null) return [...builtInRubrics(), ...readRubrics(files, io.cwd)];
  if (files.length === 0) return [];
  throw new CodeTracerError(
    "bad_argument",
    "--rubric needs a model, since no rule knows a behaviour of your own; give --model or set CODETRACER_MODEL",
  );
}

interface Named {
  name: string;
  judgement: Judgement;
}

async function byModel(
  workspace: TracedWorkspace,
  rubrics: readonly Rubric[],
  { spec, cache }: { spec: string; cache: string },
  flags: BehavioursFlags,
  io: Io,
): Promise<Named> {
  const model = await openModel(spec, modelOptions(flags, io));
  const cost_usd = flags.maxCost === undefined ? null : dollars("--max-cost", flags.maxCost);
  const settings: JudgeSettings = {
    model,
    budget: judgeBudget({ cost_usd, tokens: null, calls: null, seconds: null }, model, io.now),
    cache_folder: cache,
    max_output_tokens: replyTokens(model),
    signal: io.signal,
  };
  return { name: model.spec, judgement: await judgeWithModel(workspace, rubrics, settings) };
}

/** A run of a fleet shares the fleet's verdicts; any other has them in the user's data folder. */
function cacheFolder(workspace: string | null, io: Pick<Io, "env">): string {
  for (let at = workspace; at !== null && path.dirname(at) !== at; at = path.dirname(at))
    if (fs.existsSync(path.join(at, FLEET_PLACES.fleet))) return path.join(at, FLEET_PLACES.judgements);
  return path.join(dataFolder(io.env), FLEET_PLACES.judgements);
}

function toJson({ run, rules, model }: Parameters<typeof renderBehaviours>[0]): object {
  const { flags = [], unjudged = [], warnings = [], kept = 0, usage = null } = model?.judgement ?? {};
  return {
    run,
    model: model?.name ?? null,
    rules,
    judged: flags,
    disagreements: disagreements(rules, flags).map(({ behaviour }) => behaviour),
    unjudged,
    warnings,
    kept_verdicts: kept,
    usage,
  };
}

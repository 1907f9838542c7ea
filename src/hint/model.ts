import type { LoopEnd } from "../agent/loop-types.ts";
import { NOTHING_SPENT } from "../agent/usage.ts";
import { toUsage } from "../trace/model-usage.ts";
import type { DiagnosisFile } from "../trajectory/diagnosis.ts";
import type { HintFile } from "../trajectory/hint.ts";
import { CodeTracerError } from "../util/errors.ts";
import { promptDigest } from "../util/prompt.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import { checkHint, forbiddenNames } from "./check/index.ts";
import { gatherHint } from "./gather.ts";
import type { HintMaterial, HintOptions } from "./material.ts";
import { askHint } from "./model/ask-hint.ts";
import { withoutForbidden } from "./model/clean.ts";
import type { HintModelPorts } from "./model/ports.ts";
import { HINT_PROMPTS } from "./model/prompt.ts";
import type { ProofContext } from "./model/prove.ts";
import { reachOf } from "./model/reach.ts";
import { renderHintText } from "./render-text.ts";
import { writeHint } from "./write-hint.ts";

export { HINT_LIMITS, type HintModelPorts } from "./model/ports.ts";

/** A hint, what the user should know about it, and what asking took. */
export interface ModelHint {
  /** `written_by` rules where nothing that the model said could be used. */
  hint: HintFile;
  warnings: string[];
  usage: DiagnosisFile["usage"];
}

/**
 * The hint that a model writes from the rules' material and the steps up to a little behind the onset. Of its points, those stay whose quotes stand in the run and that
 * give nothing forbidden away; they are cut to the budget. Where nothing is left, or a limit is reached before a reply, it is the rules' hint, with a
 * warning. Throws CodeTracerError `bad_workspace` for a run whose secrets stand in it, `model` where the work was interrupted or the model has no room, and what
 * the model throws.
 */
export async function writeHintWithModel(
  workspace: TracedWorkspace,
  options: HintOptions & HintModelPorts,
): Promise<ModelHint> {
  requireRedacted(workspace);
  const reach = reachOf(workspace);
  if (reach.last < 1) {
    const why = reach.gate.scope_reason ?? "there is no step before the mistake";
    return fallback(workspace, options, `The model was not asked: ${why}.`, toUsage(NOTHING_SPENT));
  }
  const context: ProofContext = { workspace, reach, allowVerifier: options.allowVerifier };
  const material = gatherHint(workspace, options);
  const answer = await askHint(
    { workspace, reach, material, budgetTokens: options.budgetTokens },
    context,
    options,
  );
  const usage = toUsage(answer.spent);
  if (answer.end === "aborted") throw new CodeTracerError("model", "writing the hint was interrupted");
  if (answer.proven === null) return fallback(workspace, options, WHY[answer.end], usage);
  return finished(answer.proven.material, context, options, usage);
}

function finished(
  proven: HintMaterial,
  context: ProofContext,
  options: HintOptions & HintModelPorts,
  usage: ModelHint["usage"],
): ModelHint {
  const { workspace } = context;
  const forbidden = [...options.forbidden, ...forbiddenNames(workspace)];
  const { material, dropped } = withoutForbidden(proven, forbidden, context);
  const hint = modelHint(material, workspace, options);
  const isEmpty = hint.facts.length + hint.avoid.length === 0 && hint.mistake === null;
  if (isEmpty)
    return fallback(workspace, options, "Nothing that the model said is proven by the run.", usage);
  if (checkHint(hint, workspace, { forbidden }).length > 0)
    return fallback(workspace, options, "The model's hint did not pass the check.", usage);
  const warnings =
    dropped === 0
      ? []
      : [
          `${dropped} of the model's points ${dropped === 1 ? "was" : "were"} left out: the verifier or the solution says the same, and the run did not show it.`,
        ];
  return { hint, warnings, usage };
}

function modelHint(
  material: HintMaterial,
  workspace: TracedWorkspace,
  options: HintOptions & HintModelPorts,
): HintFile {
  const { onset_step_id, ...given } = material;
  const { text, token_count, parts } = renderHintText(given, options.budgetTokens);
  return {
    ...writeHint(workspace, options),
    ...parts,
    written_by: "model",
    model: options.model.spec,
    prompt_digest: promptDigest(HINT_PROMPTS),
    facts: [...parts.facts],
    avoid: [...parts.avoid],
    onset_step_id,
    token_count,
    text,
  };
}

function fallback(
  workspace: TracedWorkspace,
  options: HintOptions,
  why: string,
  usage: ModelHint["usage"],
): ModelHint {
  const warnings = [`${why} This is the hint that the rules write.`];
  return { hint: writeHint(workspace, options), warnings, usage };
}

const WHY: Readonly<Record<LoopEnd, string>> = {
  done: "The model said nothing that could be used.",
  calls: "The limit of calls was reached before the model had written a hint.",
  tokens: "The limit of tokens was reached before the model had written a hint.",
  cost: "The limit of cost was reached before the model had written a hint.",
  time: "The limit of time was reached before the model had written a hint.",
  malformed: "No reply of the model held a hint that could be read.",
  refused: "The model refused.",
  context: "The prompt was too long for the model even with little of the run.",
  aborted: "It was stopped.",
};

function requireRedacted({ extraction }: TracedWorkspace): void {
  if (extraction.redactions !== null) return;
  throw new CodeTracerError(
    "bad_workspace",
    `the workspace of ${extraction.run} was made with --no-redact: its secrets would be sent to the model; make it again without that flag`,
  );
}

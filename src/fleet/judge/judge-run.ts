import type { LoopEnd, LoopUsage } from "../../agent/loop-types.ts";
import { countTokens } from "../../model/count-tokens.ts";
import { type RunPart, wholeRun } from "../../trace/direct/parts.ts";
import { roomForSteps } from "../../trace/direct/room.ts";
import type { BehaviourFlag } from "../../trajectory/index.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { askVerdicts } from "./ask-verdicts.ts";
import { Calls } from "./calls.ts";
import { STOPS } from "./ends.ts";
import { type AskedRubric, judgePrompt } from "./judge-prompt.ts";
import { type KeptVerdicts, keptVerdicts } from "./kept-verdicts.ts";
import { refusal, requireRedacted } from "./may-judge.ts";
import type { Rubric } from "./rubric.ts";
import type { JudgeSettings } from "./settings.ts";
import { ShownRun } from "./shown-run.ts";

/** More at once are judged less carefully. */
const RUBRICS_AT_ONCE = 16;
/** What a model said of a run. */
export interface Judgement {
  /** In the order of the rubrics; one without a verdict has none. */
  flags: BehaviourFlag[];
  /** Rubrics without a verdict, and why. */
  unjudged: { behaviour: string; end: LoopEnd }[];
  /** Sentences about verdicts that did not hold. */
  warnings: string[];
  /** Verdicts that were kept from earlier calls. */
  kept: number;
  usage: LoopUsage;
}

/**
 * Has a model judge a run by several rubrics at once. What was answered before is not asked again: verdicts are kept by what the run holds, the rubric, the prompts and
 * the model. How the run was graded is not shown. Throws CodeTracerError `bad_workspace` for a run whose secrets were kept, `model` where the model has no room for a run or
 * gives no reply for a reason that is not the run's.
 */
export async function judgeWithModel(
  workspace: Workspace,
  rubrics: readonly Rubric[],
  settings: JudgeSettings,
): Promise<Judgement> {
  const calls = new Calls(settings);
  const refused = refusal(workspace);
  if (refused !== null) {
    const flags = rubrics.map(({ id }) => ({
      behaviour: id,
      present: null,
      confidence: 0,
      step_ids: [],
      evidence: [],
      reason: refused,
      judged_by: settings.model.spec,
    }));
    return { flags, unjudged: [], warnings: [], kept: 0, usage: calls.usage.total() };
  }
  requireRedacted(workspace);
  const verdicts = keptVerdicts(workspace, settings);
  const todo = rubrics.filter((rubric) => !verdicts.of(rubric, null));
  const unjudged = new Map<string, LoopEnd>();
  if (todo.length > 0) await judgeParts(workspace, todo, { settings, calls, verdicts, unjudged });
  const found = rubrics.flatMap((rubric) => verdicts.of(rubric, null) ?? []);
  return {
    flags: found.map(({ flag }) => flag),
    unjudged: rubrics.flatMap(({ id }) => {
      const end = unjudged.get(id);
      return end === undefined ? [] : [{ behaviour: id, end }];
    }),
    warnings: found.flatMap(({ warning }) => warning ?? []),
    kept: rubrics.length - todo.length,
    usage: calls.usage.total(),
  };
}

interface Work {
  settings: JudgeSettings;
  calls: Calls;
  verdicts: KeptVerdicts;
  /** Filled in. */
  unjudged: Map<string, LoopEnd>;
}

/** Part by part: the verdict after the last one is that on the run. */
async function judgeParts(workspace: Workspace, rubrics: readonly Rubric[], work: Work): Promise<void> {
  const { verdicts, unjudged } = work;
  const shown = new ShownRun(workspace, await roomOf(workspace, rubrics, work.settings));
  for (const [index, part] of shown.parts.entries()) {
    const before = shown.parts[index - 1] ?? null;
    const end = index === shown.parts.length - 1 ? null : part.last_step_id;
    const open = rubrics.filter((rubric) => !unjudged.has(rubric.id) && !verdicts.of(rubric, end));
    for (const batch of batches(open)) {
      const asked = batch.map((rubric) => ({
        rubric,
        so_far: before && (verdicts.of(rubric, before.last_step_id)?.flag ?? null),
      }));
      const stop = await askBatch({ workspace, shown, part, end, asked }, work);
      if (stop === null) continue;
      for (const rubric of rubrics)
        if (!verdicts.of(rubric, null) && !unjudged.has(rubric.id)) unjudged.set(rubric.id, stop);
      return;
    }
  }
}

interface Batch {
  workspace: Workspace;
  shown: ShownRun;
  part: RunPart;
  /** The last step that the verdicts speak of; null = the whole run. */
  end: number | null;
  asked: readonly AskedRubric[];
}

/** The limit that nothing more is asked after; null = go on. */
async function askBatch({ workspace, shown, part, end, asked }: Batch, work: Work): Promise<LoopEnd | null> {
  const { settings, calls, verdicts, unjudged } = work;
  const byId = new Map(asked.map(({ rubric }) => [rubric.id, rubric]));
  const answer = await askVerdicts(
    {
      ids: [...byId.keys()],
      prompt: async (share) =>
        judgePrompt({
          workspace,
          nonce: shown.nonce,
          part,
          steps: await shown.text(part, share),
          rubrics: asked,
        }),
      steps: shown.upTo(part),
      judged_by: settings.model.spec,
      keep: (kept) =>
        verdicts.add(
          kept.flatMap((one) => {
            const rubric = byId.get(one.flag.behaviour);
            return rubric === undefined ? [] : [[verdicts.key(rubric, end), one] as const];
          }),
        ),
    },
    calls,
  );
  for (const [id, why] of answer.unjudged) unjudged.set(id, why);
  return STOPS.has(answer.end) ? answer.end : null;
}

/** As many at a time as are judged carefully, evenly spread. */
function batches(rubrics: readonly Rubric[]): Rubric[][] {
  const count = Math.ceil(rubrics.length / RUBRICS_AT_ONCE);
  const size = Math.ceil(rubrics.length / Math.max(1, count));
  return Array.from({ length: count }, (_, index) => rubrics.slice(index * size, (index + 1) * size));
}

/** Tokens of a prompt for steps, beside the instructions and the longest batch of rubrics. */
async function roomOf(
  workspace: Workspace,
  rubrics: readonly Rubric[],
  { model, max_output_tokens }: JudgeSettings,
): Promise<number> {
  const part = wholeRun([], workspace.steps.length);
  const frames = batches(rubrics).map(async (batch) => {
    const asked = batch.map((rubric) => ({ rubric, so_far: null }));
    const messages = judgePrompt({ workspace, nonce: "0".repeat(12), part, steps: "", rubrics: asked });
    return await countTokens(messages.map(({ text }) => text).join("\n"));
  });
  return roomForSteps(model.context_tokens, max_output_tokens, Math.max(...(await Promise.all(frames))));
}

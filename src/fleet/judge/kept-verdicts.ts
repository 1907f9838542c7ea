import type { Workspace } from "../../workspace/workspace.ts";
import { digestOf, openCache, type VerdictCache } from "./cache.ts";
import { judgePromptDigest } from "./judge-prompt.ts";
import type { Rubric } from "./rubric.ts";
import type { JudgeSettings } from "./settings.ts";

/** Raised where the same prompts come to other verdicts: what was kept before then counts no more. */
const JUDGE_VERSION = 1;

/** The verdicts on a run by rubric, and by the last step that they speak of; null = the whole run. */
export interface KeptVerdicts {
  key(rubric: Rubric, end: number | null): string;
  of(rubric: Rubric, end: number | null): ReturnType<VerdictCache["get"]>;
  add: VerdictCache["add"];
}

/** Opens what is kept on a run: by what it holds, the model and the prompts. */
export function keptVerdicts(workspace: Workspace, { cache_folder, model }: JudgeSettings): KeptVerdicts {
  const { task, stages, steps, extraction } = workspace;
  const frame = JSON.stringify([task, extraction.outcome.exit_status, stages]);
  const digest = digestOf([frame, ...steps.map((step) => JSON.stringify(step))]);
  const cache = openCache(cache_folder, digest, steps);
  const judge = [String(JUDGE_VERSION), model.spec, judgePromptDigest()];
  const key: KeptVerdicts["key"] = (rubric, end) =>
    digestOf([...judge, digest, JSON.stringify(rubric), String(end)]);
  return { key, of: (rubric, end) => cache.get(key(rubric, end)), add: cache.add };
}

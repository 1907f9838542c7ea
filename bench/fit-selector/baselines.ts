import { CONSTANT_RULES } from "../codetracebench/baselines/constant-rules.ts";
import type { TrainingRun } from "../fit-rules/training-run.ts";
import { chosenByRules } from "./folds.ts";
import type { SelectRun } from "./select-run.ts";
import { type Claim, findingOf } from "./selector.ts";
import type { Session } from "./sessions.ts";

/** A run that was judged, with the rules that saw none of its task. */
export interface Judged {
  one: SelectRun;
  session: Session;
}

/** A way of choosing that is set beforehand and fits nothing. */
export interface Baseline {
  name: string;
  steps(judged: Judged): number[];
}

/** The baselines that the selector is tested against, named beforehand. */
export const KEEP_3 = "keep the 3 most confident findings";
export const STAGE_FIRST = "stage first, confidence >= 50";
export const RULES = "rules, cross-validated";

const CONFIDENCE_MIN = 0.4;
const STAGE_CONFIDENCE_MIN = 0.5;

/** Everything that needs no fit, the perfect choice last. */
export const BASELINES: readonly Baseline[] = [
  { name: "keep all findings", steps: ({ session }) => stepsOf(session.findings) },
  ...[1, 2, 3].map((count) => ({
    name: count === 3 ? KEEP_3 : `keep the ${count} most confident`,
    steps: ({ session }: Judged) => stepsOf(surest(session.findings).slice(0, count)),
  })),
  {
    name: "confidence >= 40",
    steps: ({ session }) => stepsOf(session.findings.filter((one) => one.confidence >= CONFIDENCE_MIN)),
  },
  { name: STAGE_FIRST, steps: ({ session }) => stepsOf(keptStages(session)) },
  { name: "direct", steps: ({ session }) => [...session.direct] },
  { name: "most votes of the three protocols", steps: ({ session }) => mostVotes(session) },
  { name: RULES, steps: ({ one }) => chosenByRules(one) },
  {
    name: "rules' steps that a finding holds",
    steps: ({ one, session }) => {
      const held = new Set(stepsOf(session.findings));
      return chosenByRules(one).filter((id) => held.has(id));
    },
  },
  ...CONSTANT_RULES.map((rule) => ({
    name: rule.title,
    steps: ({ one: { run } }: Judged) => constant(rule, run),
  })),
  {
    name: "perfect choice among findings",
    steps: ({ one, session }) => stepsOf(session.findings).filter((id) => one.run.gold.includes(id)),
  },
];

function stepsOf(claims: readonly Pick<Claim, "step_ids">[]): number[] {
  return [...new Set(claims.flatMap((one) => one.step_ids))].sort((a, b) => a - b);
}

function surest(findings: readonly Claim[]): Claim[] {
  return [...findings].sort((a, b) => b.confidence - a.confidence);
}

function keptStages({ stage_first }: Session): Session["stage_first"] {
  return stage_first.filter((one) => one.confidence >= STAGE_CONFIDENCE_MIN);
}

/** The one step that most protocols name, that of the highest confidences added up among equals. */
function mostVotes({ findings, stage_first, direct }: Session): number[] {
  const rated = [...new Set([...stepsOf(findings), ...stepsOf(stage_first), ...direct])].map((id) => {
    const staged = stage_first.filter((one) => one.step_ids.includes(id));
    const finding = findingOf(findings, id);
    const confidence = Math.max(0, ...staged.map((one) => one.confidence)) + (finding?.confidence ?? 0);
    const votes = Number(finding !== null) + Number(staged.length > 0) + Number(direct.includes(id));
    return { id, votes, confidence };
  });
  const [best] = rated.sort((a, b) => b.votes - a.votes || b.confidence - a.confidence || a.id - b.id);
  return best ? [best.id] : [];
}

function constant(rule: (typeof CONSTANT_RULES)[number], { traj_id, features }: TrainingRun): number[] {
  return rule
    .predict([{ traj_id, step_count: features.length }])
    .flatMap((one) => [...one.incorrect_step_ids]);
}

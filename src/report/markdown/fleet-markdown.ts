import type { RunFacts } from "../../trajectory/index.ts";
import { markdownCode, markdownText } from "../markdown-text.ts";
import { plural } from "../words.ts";
import { endingSign, table } from "./run-markdown.ts";

/** A fleet as its Markdown needs it. */
export interface FleetMarkdownInput {
  /** The fleet's folder as it was given. */
  name: string;
  facts: readonly RunFacts[];
  unreadable: readonly { run: string; code: string }[];
  /** How behaviours go with failure, as Markdown; "" = nothing is said of it. */
  behaviours: string;
}

const RUNS_SHOWN = 15;
/** Runs without a score come last. */
const UNSCORED = 1000;

/** Many runs as Markdown for a pull request: how they ended, how they behave, why they fail, and the worst ones. Pure. */
export function fleetMarkdown({ name, facts, unreadable, behaviours }: FleetMarkdownInput): string {
  const judged = facts.filter(({ outcome }) => outcome.infrastructure_failure === null);
  const solved = judged.filter(({ outcome }) => outcome.resolved === true).length;
  const failed = judged.filter(({ outcome }) => outcome.resolved === false);
  const scores = facts.flatMap(({ score }) => (score === null ? [] : [score.value]));
  const parts = [
    `## ${plural(facts.length, "run")}: ${solved} solved, ${failed.length} not solved`,
    table([
      ["Fleet", name],
      ["Outcome not known", `${judged.length - solved - failed.length}`],
      ["Broken by the harness", `${facts.length - judged.length}`],
      ["Could not be read", `${unreadable.length}`],
      ["Steps", `${facts.reduce((sum, run) => sum + run.step_count, 0)}`],
      ["Mean score", scores.length === 0 ? "none" : mean(scores).toFixed(0)],
    ]),
    behaviours.trim() === "" ? "" : `### Behaviours\n\n${behaviours.trim().replace(/^### /gm, "#### ")}`,
    stages(failed),
    worst(failed),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function stages(failed: readonly RunFacts[]): string {
  const counts = new Map<string, number>();
  for (const { failure } of failed)
    if (failure) counts.set(failure.stage, (counts.get(failure.stage) ?? 0) + 1);
  if (counts.size === 0) return "";
  const rows = [...counts].sort((a, b) => b[1] - a[1]).map(([stage, count]) => `| ${stage} | ${count} |`);
  return ["### What failed first\n", "| stage | runs |", "|---|---|", ...rows].join("\n");
}

function worst(failed: readonly RunFacts[]): string {
  if (failed.length === 0) return "";
  const ranked = [...failed].sort((a, b) => (a.score?.value ?? UNSCORED) - (b.score?.value ?? UNSCORED));
  const rows = ranked.slice(0, RUNS_SHOWN).map(runRow);
  const more = failed.length - RUNS_SHOWN;
  return [
    "### Failed runs, the lowest scores first\n",
    "| run | agent | steps | onset | score |",
    "|---|---|---|---|---|",
    ...rows,
    ...(more > 0 ? ["", `and ${plural(more, "more")}`] : []),
  ].join("\n");
}

function runRow({ run_id, agent, step_count, onset_step_id, score, outcome }: RunFacts): string {
  const sign = endingSign(outcome).split(" ", 1)[0];
  const cells = [
    `${sign} ${markdownCode(run_id).replaceAll("|", "\\|")}`,
    markdownText(agent ?? "not recorded"),
    `${step_count}`,
    onset_step_id === null ? "" : `step ${onset_step_id}`,
    score === null ? "" : score.value.toFixed(0),
  ];
  return `| ${cells.join(" | ")} |`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

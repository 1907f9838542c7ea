import { factsDigest, factsOf, readFactsFile } from "../../fleet/facts/index.ts";
import { runPage } from "../../report/html/run-page.ts";
import { runMarkdown } from "../../report/markdown/run-markdown.ts";
import { agentWords, outcomeWords, plural } from "../../report/words.ts";
import { type RunFacts, SURE_CONFIDENCE } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import type { Io } from "../io.ts";
import { type TracedTarget, tracedTarget } from "../traced-target.ts";

/** What a report is made of, whether of a run or of a fleet. */
export interface Report {
  /** Runs that `--fail-on` asks about, by what they have. */
  counts: Readonly<Record<"incorrect" | "unresolved" | "unreadable" | "fidelity", number>>;
  /** The summary: names and texts. */
  lines: readonly (readonly [name: string, text: string])[];
  json: Readonly<Record<string, unknown>>;
  /** The raw run that was read, where nothing may be written; null = a workspace or a fleet was. */
  rawRun: string | null;
  html(): string;
  markdown(): string;
}

/** The report of one run. Throws CodeTracerError as `tracedTarget` does. */
export async function runReport(target: string, io: Io): Promise<Report> {
  const traced = await tracedTarget(target, io);
  const { workspace } = traced;
  const facts = factsOfTarget(traced, target);
  const { flags, score } = facts;
  return {
    counts: {
      incorrect: facts.incorrect_step_ids.length > 0 ? 1 : 0,
      unresolved: facts.outcome.resolved === false ? 1 : 0,
      unreadable: 0,
      fidelity: facts.fidelity_passed ? 0 : 1,
    },
    lines: [
      ["Run", workspace.extraction.run],
      ["Outcome", outcomeWords(workspace.extraction.outcome)],
      ["Agent", agentWords(workspace.extraction)],
      ["Labels", labelWords(workspace, facts)],
      ...extraLines(facts),
    ],
    json: { ...facts },
    rawRun: traced.folder === null ? target : null,
    html: () => runPage(workspace, flags, score),
    markdown: () => runMarkdown(workspace, flags, score),
  };
}

/** The facts that lie beside a workspace know what a model judged; where they are missing or stale, the rules judge. */
function factsOfTarget({ folder, workspace }: TracedTarget, target: string): RunFacts {
  const kept = folder === null ? undefined : readFactsFile(folder);
  if (folder !== null && kept) {
    const judged = kept.flags.filter((flag) => flag.judged_by !== "rules");
    if (kept.facts_digest === factsDigest(folder, judged)) return kept;
  }
  return factsOf(workspace, target);
}

function labelWords({ diagnosis }: TracedWorkspace, facts: RunFacts): string {
  const counts = `${facts.step_count} steps, ${facts.incorrect_step_ids.length} incorrect, ${facts.unuseful_step_ids.length} unuseful`;
  if (diagnosis.onset_step_id === null) return counts;
  const label = diagnosis.labels.find((one) => one.step_id === diagnosis.onset_step_id);
  const isSure = label === undefined || label.confidence >= SURE_CONFIDENCE;
  return `${counts}; ${isSure ? "it went wrong at" : "most suspicious is"} step ${diagnosis.onset_step_id}`;
}

function extraLines({ score, flags, fidelity_passed, warning_count }: RunFacts): [string, string][] {
  const present = flags
    .filter((flag) => flag.present === true)
    .map(({ behaviour }) => behaviour.replaceAll("-", " "));
  const doubts = [
    ...(fidelity_passed ? [] : ["a fidelity check failed"]),
    ...(warning_count === 0 ? [] : [plural(warning_count, "warning")]),
  ];
  return [
    ...(score === null ? [] : [["Score", `${Math.round(score.value)} of 100`] as [string, string]]),
    ...(present.length === 0 ? [] : [["Behaviours", present.join(", ")] as [string, string]]),
    ...(doubts.length === 0 ? [] : [["Read with", doubts.join(", ")] as [string, string]]),
  ];
}

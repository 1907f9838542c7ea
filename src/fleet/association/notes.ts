import { plural } from "../../report/words.ts";
import type { RunFacts } from "../../trajectory/index.ts";
import type { Association } from "./association.ts";

/** What to know before reading the figures of one group, a sentence each. `counted` are the runs that the figures rest on. */
export function notesOf(group: {
  runs: readonly RunFacts[];
  counted: readonly RunFacts[];
  rows: readonly Association[];
  runs_min: number;
}): string[] {
  return [leftOut(group), ...clustered(group.counted), ...fewRuns(group), ...halves(group.rows)];
}

function leftOut({ runs, counted }: { runs: readonly RunFacts[]; counted: readonly RunFacts[] }): string {
  const broken = runs.filter(({ outcome }) => outcome.infrastructure_failure !== null).length;
  const unknown = runs.length - counted.length - broken;
  const failed = counted.filter(({ outcome }) => outcome.resolved === false).length;
  const out = [
    unknown > 0 ? `${unknown} whose outcome is not known` : "",
    broken > 0 ? `${broken} that the harness broke` : "",
  ].filter((part) => part !== "");
  const rest = out.length > 0 ? ` Left out: ${out.join(" and ")}.` : "";
  return `${failed} failed and ${counted.length - failed} solved of ${plural(runs.length, "run")}.${rest}`;
}

/** Runs of one task are alike for the task's sake. */
function clustered(counted: readonly RunFacts[]): string[] {
  const keys = counted.flatMap(({ task_key }) => (task_key === null ? [] : [task_key]));
  const tasks = new Set(keys).size;
  if (tasks === keys.length) return [];
  return [
    `${plural(keys.length, "run")} are of ${plural(tasks, "task")}: runs of one task are not independent, so intervals are too narrow and p too small.`,
  ];
}

function fewRuns({ rows, runs_min }: { rows: readonly Association[]; runs_min: number }): string[] {
  const hidden = rows.filter(({ is_shown }) => !is_shown).length;
  if (hidden === 0) return [];
  return [
    `${plural(hidden, "behaviour")} not shown and not tested: fewer than ${runs_min} failed or solved runs could be judged.`,
  ];
}

function halves(rows: readonly Association[]): string[] {
  const corrected = rows.filter((row) => row.is_shown && row.is_corrected);
  if (corrected.length === 0) return [];
  return [
    "* a count is 0: ratio and interval are reckoned with a half added to each count (Haldane and Anscombe).",
  ];
}

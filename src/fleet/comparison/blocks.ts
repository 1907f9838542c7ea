import { plural } from "../../report/words.ts";
import { meanCells, percent, pointsApart, shareCells, shareInterval, testWords } from "./figures.ts";
import type { ChangedRun, ChangedTask, FleetComparison, FleetSide, NamedShare } from "./types.ts";

/** A piece of the printed comparison. Texts are as in the runs: whoever prints makes them safe. */
export type Block =
  | { kind: "heading"; text: string }
  | { kind: "field"; name: string; text: string }
  | { kind: "paragraph"; text: string }
  /** A task, and its runs below it. */
  | { kind: "task"; text: string; runs: { mark: string; run_id: string; text: string }[] }
  /** The first column is text, the others are figures. */
  | { kind: "table"; head: string[]; rows: string[][] };

const TASKS_SHOWN = 20;
const AGENTS_SHOWN = 3;

/** The comparison in the order it is read. */
export function blocksOf(comparison: FleetComparison): Block[] {
  const { a, b, paired_tasks, regressions, gains } = comparison;
  const tasks = `${paired_tasks} in both; left out: ${leftOut("A", a)}, ${leftOut("B", b)}`;
  return [
    ...sideBlocks("A", a),
    ...sideBlocks("B", b),
    { kind: "field", name: "Tasks", text: tasks },
    ...solvedBlocks(comparison),
    ...comparison.notes.map((text): Block => ({ kind: "field", name: "Note", text })),
    ...taskBlocks("Regressions: solved in A, failed in B", regressions),
    ...taskBlocks("Gains: failed in A, solved in B", gains),
    ...measureBlocks(comparison),
    ...shareBlocks("Behaviours", "behaviour", comparison.behaviours),
    ...shareBlocks("Where failed runs failed first", "stage", comparison.stages),
    ...shareBlocks("Clusters of failures", "cluster", comparison.clusters),
  ];
}

function sideBlocks(name: string, side: FleetSide): Block[] {
  const harness = side.infrastructure === 0 ? "" : `, ${side.infrastructure} broken by the harness`;
  const counts = `${plural(side.runs, "run")}: ${side.solved} solved, ${side.failed} failed, ${side.unknown} unknown${harness}`;
  const agents = side.agents.slice(0, AGENTS_SHOWN).map(({ agent, runs }) => `${agent} (${runs})`);
  const more = side.agents.length - AGENTS_SHOWN;
  return [
    { kind: "field", name, text: `${side.name}: ${counts}` },
    { kind: "field", name: "", text: `${agents.join(", ")}${more > 0 ? ` and ${more} more` : ""}` },
  ];
}

function leftOut(name: string, { unpaired_runs, unpaired_tasks, without_task }: FleetSide): string {
  const untold = without_task === 0 ? "" : ` and ${plural(without_task, "run")} without a recorded task`;
  const alone =
    unpaired_runs === 0
      ? `nothing of ${name}`
      : `${plural(unpaired_runs, "run")} of ${plural(unpaired_tasks, "task")} that only ${name} has`;
  return `${alone}${untold}`;
}

function solvedBlocks({ solved, level }: FleetComparison): Block[] {
  if (solved.tasks === 0) return [{ kind: "field", name: "Solved", text: "not known for any task of both" }];
  const interval =
    solved.interval === null ? "" : ` (${100 * level} % interval ${shareInterval(solved.interval)})`;
  return [
    {
      kind: "field",
      name: "Solved",
      text: `A ${percent(solved.rate_a)}, B ${percent(solved.rate_b)}: ${pointsApart(solved.difference)}${interval} over ${plural(solved.tasks, "task")}`,
    },
    { kind: "field", name: "", text: testWords(solved) },
  ];
}

function taskBlocks(title: string, tasks: readonly ChangedTask[]): Block[] {
  if (tasks.length === 0) return [];
  const more = tasks.length - TASKS_SHOWN;
  return [
    { kind: "heading", text: `${title} (${tasks.length})` },
    ...tasks.slice(0, TASKS_SHOWN).map(taskBlock),
    ...(more > 0 ? [{ kind: "paragraph" as const, text: `and ${more} more: --json lists them all` }] : []),
  ];
}

function taskBlock({ task, task_key, a, b }: ChangedTask): Block {
  const runs = [
    ...a.map((run) => ({ mark: "A", run_id: run.run_id, text: runWords(run) })),
    ...b.map((run) => ({ mark: "B", run_id: run.run_id, text: runWords(run) })),
  ];
  return { kind: "task", text: task ?? task_key, runs };
}

function runWords({ resolved, step_count, score, onset_step_id, stage, reason }: ChangedRun): string {
  const outcome = resolved === null ? "outcome unknown" : resolved ? "solved" : "failed";
  const points = score === null ? "" : `, score ${score.toFixed(0)}`;
  const onset = onset_step_id === null ? "" : `, goes wrong at step ${onset_step_id}`;
  const why = stage === null ? "" : `; ${stage}${reason === null ? "" : `: ${reason}`}`;
  return `${outcome}, ${plural(step_count, "step")}${points}${onset}${why}`;
}

function measureBlocks({ measures }: FleetComparison): Block[] {
  if (measures.length === 0) return [];
  return [
    { kind: "heading", text: "Means over tasks" },
    {
      kind: "table",
      head: ["", "tasks", "A", "B", "B − A", "95 % interval"],
      rows: measures.map((measure) => [
        measure.name.endsWith(measure.unit) ? measure.name : `${measure.name} (${measure.unit})`,
        `${measure.tasks}`,
        ...meanCells(measure),
      ]),
    },
  ];
}

function shareBlocks(title: string, what: string, shares: readonly NamedShare[]): Block[] {
  const shown = shares
    .filter(({ rate_a, rate_b }) => (rate_a ?? 0) + (rate_b ?? 0) > 0)
    .sort((one, other) => one.p - other.p || distance(other) - distance(one));
  if (shown.length === 0) return [];
  const absent = shares.filter((share) => !shown.includes(share)).map(({ name }) => name);
  return [
    { kind: "heading", text: title },
    {
      kind: "table",
      head: [what, "tasks", "A", "B", "points", "95 % interval", "only A / B", "p, Holm"],
      rows: shown.map((share) => [share.name, `${share.tasks}`, ...shareCells(share)]),
    },
    ...(absent.length > 0 ? [{ kind: "paragraph" as const, text: `In neither: ${absent.join(", ")}` }] : []),
  ];
}

function distance({ difference }: NamedShare): number {
  return Math.abs(difference ?? 0);
}

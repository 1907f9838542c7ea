import { plural } from "../../report/words.ts";
import type { RunFacts } from "../../trajectory/index.ts";
import { byTask, isBroken } from "./pair-tasks.ts";
import type { FleetComparison, FleetSide } from "./types.ts";

/** Below this many tasks a bootstrap interval is narrower than it should be. */
const FEW_TASKS = 10;

/** What a fleet is made of, and what of it stands against the other one. */
export function sideOf(name: string, own: readonly RunFacts[], other: readonly RunFacts[]): FleetSide {
  const tasks = byTask(own);
  const others = byTask(other);
  const whole = own.filter((facts) => !isBroken(facts));
  const with_ = (resolved: boolean | null): number =>
    whole.filter(({ outcome }) => outcome.resolved === resolved).length;
  const unpaired = [...tasks].filter(([key]) => !others.has(key));
  const unpairedRuns = unpaired.reduce((sum, [, runs]) => sum + runs.length, 0);
  const taskedRuns = [...tasks.values()].reduce((sum, runs) => sum + runs.length, 0);
  return {
    name,
    runs: own.length,
    solved: with_(true),
    failed: with_(false),
    unknown: with_(null),
    infrastructure: own.length - whole.length,
    without_task: whole.length - taskedRuns,
    tasks: tasks.size,
    agents: agentsOf(own),
    paired_runs: taskedRuns - unpairedRuns,
    unpaired_runs: unpairedRuns,
    unpaired_tasks: unpaired.length,
  };
}

function agentsOf(runs: readonly RunFacts[]): FleetSide["agents"] {
  const counts = new Map<string, number>();
  for (const { agent, agent_version, model } of runs) {
    const who = [agent, agent_version].filter((part) => part !== null).join(" ") || "agent not recorded";
    const name = `${who} · ${model ?? "model not recorded"}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([agent, count]) => ({ agent, runs: count }))
    .sort((one, other) => other.runs - one.runs || (one.agent < other.agent ? -1 : 1));
}

/** What to know before believing a comparison. */
export function notesOn({ a, b, paired_tasks, solved, clusters }: Omit<FleetComparison, "notes">): string[] {
  if (paired_tasks === 0)
    return ["No task has runs in both fleets: nothing is compared. Tasks are told apart by their text."];
  const notes: string[] = [];
  if (solved.tasks < paired_tasks)
    notes.push(
      `One fleet has no run whose outcome is known, for ${plural(paired_tasks - solved.tasks, "paired task")}: nothing is said of what is solved there.`,
    );
  if (solved.tasks > 0 && solved.tasks < FEW_TASKS)
    notes.push(
      `Only ${plural(solved.tasks, "task")} with known outcomes: the intervals are rough, and no difference can be told from chance unless it is great.`,
    );
  if (solved.ties > 0)
    notes.push(
      `As many solved as failed runs in a fleet, for ${plural(solved.ties, "task")}: no side taken in the test, but counted in the rates.`,
    );
  if (Math.max(a.paired_runs, b.paired_runs) > paired_tasks)
    notes.push("Several runs of one task count as one task, by their mean.");
  if (a.agents.length > 1 || b.agents.length > 1)
    notes.push(
      "A fleet holds runs of more than one agent or model: what differs cannot be laid to one of them.",
    );
  if (clusters.length > 0)
    notes.push("Clusters were found in the same runs that they are counted in: take their p as a hint.");
  return notes;
}

import type { RunFacts } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { rewardSteps } from "../score/index.ts";
import { type Cell, rowOf, type Table } from "./column.ts";
import { EVIDENCE, evidenceItems, FLAGS, LABELS, type Of, PENALTIES, REWARDS } from "./findings.ts";
import { RUNS } from "./runs.ts";
import { STEPS, stepItems } from "./steps.ts";

/** The rows that one run adds, by the table's name. */
export type RunRows = Readonly<Record<string, readonly (readonly Cell[])[]>>;

/** What one run adds to every table that is about single runs. */
export function rowsOfRun(workspace: TracedWorkspace, facts: RunFacts): RunRows {
  const item = { workspace, facts };
  const { diagnosis } = workspace;
  const of = <Item>(items: readonly Item[]): Of<Item>[] =>
    items.map((one) => ({ run_id: facts.run_id, of: one }));
  const labels = of(diagnosis.labels).map((one) => ({
    ...one,
    is_onset: one.of.label === "incorrect" && one.of.step_id === diagnosis.onset_step_id,
  }));
  return Object.fromEntries([
    rows(RUNS, [item]),
    rows(STEPS, stepItems(item)),
    rows(LABELS, labels),
    rows(EVIDENCE, evidenceItems(item)),
    rows(FLAGS, of(facts.flags)),
    rows(PENALTIES, of(facts.score?.penalties ?? [])),
    rows(REWARDS, of(rewardSteps(workspace, facts.flags))),
  ]);
}

function rows<Item>(table: Table<Item>, items: readonly Item[]): [string, Cell[][]] {
  return [table.name, items.map((item) => rowOf(table, item))];
}

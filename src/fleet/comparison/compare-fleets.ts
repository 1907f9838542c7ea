import { LEVEL } from "../../stats/cluster-bootstrap.ts";
import { FailureStageSchema, type RunFacts } from "../../trajectory/index.ts";
import { processScore } from "../score/index.ts";
import { changedTasks } from "./changed-tasks.ts";
import { pairTasks } from "./pair-tasks.ts";
import { PairedTasks } from "./paired.ts";
import { notesOn, sideOf } from "./sides.ts";
import type { CompareOptions, FleetComparison, NamedShare, PairedMean, SharedCluster } from "./types.ts";

/**
 * Two fleets side by side, paired by task (equal `task_key`). Several runs of a task count as one, by their mean; the unit of every interval and
 * test is the task. Runs that their harness broke, and tasks that only one fleet has, are counted and left out. Deterministic for a seed.
 */
export function compareFleets(
  a: readonly RunFacts[],
  b: readonly RunFacts[],
  options: CompareOptions,
): FleetComparison {
  const { seed, resamples, names = ["A", "B"], clusters = [] } = options;
  const pairs = pairTasks(a, b);
  const paired = new PairedTasks(pairs, options);
  const comparison: Omit<FleetComparison, "notes"> = {
    seed,
    resamples,
    level: LEVEL,
    a: sideOf(names[0], a, b),
    b: sideOf(names[1], b, a),
    paired_tasks: pairs.length,
    solved: paired.share(({ outcome }) => outcome.resolved),
    measures: measuresOf(paired),
    behaviours: behavioursOf(paired, [...a, ...b]),
    stages: stagesOf(paired),
    clusters: clustersOf(paired, clusters),
    ...changedTasks(pairs),
  };
  return { ...comparison, notes: notesOn(comparison) };
}

function measuresOf(paired: PairedTasks): PairedMean[] {
  const withSteps = (facts: RunFacts, value: number): number | null =>
    facts.step_count === 0 ? null : value;
  return [
    paired.mean("score", "points", ({ score }) => score?.value ?? null),
    paired.mean("process score", "points", ({ score }) => (score === null ? null : processScore(score))),
    paired.mean("steps", "steps", (facts) => withSteps(facts, facts.step_count)),
    paired.mean("changes", "steps", (facts) => withSteps(facts, facts.change_count)),
    paired.mean("failed steps", "steps", (facts) => withSteps(facts, facts.failed_step_count)),
    paired.mean("duration", "seconds", ({ duration_seconds }) => duration_seconds),
    paired.mean("input tokens", "tokens", ({ tokens }) => tokens?.input ?? null),
    paired.mean("output tokens", "tokens", ({ tokens }) => tokens?.output ?? null),
    paired.mean("cost", "dollars", ({ cost_usd }) => cost_usd),
  ].filter(({ tasks }) => tasks > 0);
}

function behavioursOf(paired: PairedTasks, all: readonly RunFacts[]): NamedShare[] {
  const names = [...new Set(all.flatMap(({ flags }) => flags.map(({ behaviour }) => behaviour)))].sort();
  return paired.shares(
    names.map((name) => ({
      name,
      holds: ({ flags }) => flags.find(({ behaviour }) => behaviour === name)?.present ?? null,
    })),
  );
}

function stagesOf(paired: PairedTasks): NamedShare[] {
  return paired.shares(
    FailureStageSchema.options.map((name) => ({
      name,
      holds: (facts) => failedThere(facts, facts.failure?.stage === name),
    })),
  );
}

function clustersOf(paired: PairedTasks, clusters: readonly SharedCluster[]): NamedShare[] {
  return paired.shares(
    clusters.map(({ name, run_ids_a, run_ids_b }) => {
      const members = { a: new Set(run_ids_a), b: new Set(run_ids_b) };
      return { name, holds: (facts, side) => failedThere(facts, members[side].has(facts.run_id)) };
    }),
  );
}

/** A failure whose stage is not told says nothing about any stage. */
function failedThere({ outcome, failure }: RunFacts, isThere: boolean): boolean | null {
  if (outcome.resolved === true) return false;
  return outcome.resolved === null || failure === null ? null : isThere;
}

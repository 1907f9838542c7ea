import { Page, type RenderOptions } from "../../report/page.ts";
import type { RunFacts } from "../../trajectory/index.ts";
import { POLARITIES } from "../behaviours/index.ts";
import type { FailureClusters } from "../failures/types.ts";

const BEHAVIOURS_SHOWN = 5;
const CLUSTERS_SHOWN = 5;
const STAGES_SHOWN = 4;

/** In how many runs a behaviour shows, of those in which that could be said. */
export interface BehaviourCount {
  behaviour: string;
  present: number;
  judged: number;
}

/** Counts each behaviour over the runs of a fleet, the most frequent share first. */
export function countBehaviours(facts: readonly RunFacts[]): BehaviourCount[] {
  const counts = new Map<string, BehaviourCount>();
  for (const { behaviour, present } of facts.flatMap(({ flags }) => flags)) {
    if (present === null) continue;
    const count = counts.get(behaviour) ?? { behaviour, present: 0, judged: 0 };
    counts.set(behaviour, count);
    count.judged++;
    if (present) count.present++;
  }
  return [...counts.values()].sort(
    (a, b) => b.present / b.judged - a.present / a.judged || (a.behaviour < b.behaviour ? -1 : 1),
  );
}

/** What stands out in a fleet, in a few lines: behaviours that hurt, what failed runs failed at, and what they have in common. Pure. */
export function renderHighlights(
  facts: readonly RunFacts[],
  clusters: FailureClusters,
  options: RenderOptions,
): string {
  const page = new Page(options);
  const bad = countBehaviours(facts).filter(
    ({ behaviour, present }) => present > 0 && POLARITIES.get(behaviour) !== "good",
  );
  const shown = bad
    .slice(0, BEHAVIOURS_SHOWN)
    .map((one) => `${one.behaviour} ${one.present} of ${one.judged}`);
  if (shown.length > 0) page.field("Behaviours", `${shown.join(", ")} runs`);
  const stages = clusters.stages.slice(0, STAGES_SHOWN).map(({ stage, runs }) => `${stage} ${runs}`);
  if (stages.length > 0) page.field("Failed at", stages.join(", "));
  for (const [index, { size, name }] of clusters.clusters.slice(0, CLUSTERS_SHOWN).entries())
    page.field(index === 0 ? "Alike" : "", `${size} × ${name}`);
  const rest = clusters.clusters.length - CLUSTERS_SHOWN;
  if (clusters.clusters.length > 0)
    page.field("", `${rest > 0 ? `and ${rest} more groups; ` : ""}${clusters.note}`, page.colors.dim);
  return page.toString();
}

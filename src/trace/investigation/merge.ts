import type { Finding, Investigation, UnusefulFinding } from "./investigation.ts";
import { mergeGroup } from "./merge-group.ts";
import { ascending } from "./report-context.ts";
import { jaccard } from "./step-overlap.ts";

/** One finding and the pass that it is of, counted from 0. */
export interface Vote {
  pass: number;
  finding: Finding;
}

/** What several passes over one run came to together. */
export interface MergedInvestigation {
  investigation: Investigation;
  /** Mean Jaccard of the passes' incorrect steps, pair by pair; two passes without any agree. null = there is one pass only. */
  agreement: number | null;
}

/**
 * Merges passes over the same run. Findings are taken by confidence; each joins the group of findings that it shares most steps with (Jaccard with all
 * steps of the group), or begins one where it shares none. Of a group stay the steps that at least half of its passes name;
 * its confidence is the passes' sum over all passes, those without it counting 0. A step that stays in two groups goes to the surer one.
 * Unuseful steps stay where at least half of all passes name them. What is told comes from the pass that comes closest to
 * the result. Throws where there is nothing to merge.
 */
export function mergeInvestigations(passes: readonly Investigation[]): MergedInvestigation {
  const [first] = passes;
  if (first === undefined) throw new Error("no investigation to merge");
  if (passes.length === 1) return { investigation: first, agreement: null };
  const votes = passes.flatMap(({ findings }, pass) => findings.map((finding) => ({ pass, finding })));
  const findings = apart(groups(votes).map((group) => mergeGroup(group, passes.length)));
  const steps = stepsOf(findings);
  const closest = passes.reduce((best, one) =>
    jaccard(stepsOf(one.findings), steps) > jaccard(stepsOf(best.findings), steps) ? one : best,
  );
  return {
    investigation: {
      ...closest,
      findings,
      unuseful: mergeUnuseful(passes, steps),
      warnings: [...new Set(passes.flatMap(({ warnings }) => warnings))],
    },
    agreement: agreementOf(passes.map((one) => stepsOf(one.findings))),
  };
}

interface Group {
  steps: Set<number>;
  votes: Vote[];
}

function groups(votes: readonly Vote[]): Vote[][] {
  const found: Group[] = [];
  for (const vote of [...votes].sort((a, b) => b.finding.confidence - a.finding.confidence)) {
    const steps = new Set(vote.finding.step_ids);
    const overlaps = found.map((group) => jaccard(group.steps, steps));
    const most = Math.max(0, ...overlaps);
    const group = most > 0 ? found[overlaps.indexOf(most)] : undefined;
    if (group === undefined) found.push({ steps, votes: [vote] });
    else {
      group.votes.push(vote);
      for (const id of steps) group.steps.add(id);
    }
  }
  return found.map((group) => group.votes);
}

/** Findings in step order without shared steps. */
function apart(findings: readonly Finding[]): Finding[] {
  const taken = new Set<number>();
  const kept: Finding[] = [];
  for (const one of [...findings].sort((a, b) => b.confidence - a.confidence)) {
    const step_ids = one.step_ids.filter((id) => !taken.has(id));
    for (const id of step_ids) taken.add(id);
    if (step_ids.length > 0) kept.push({ ...one, step_ids });
  }
  return kept.sort((a, b) => (a.step_ids[0] ?? 0) - (b.step_ids[0] ?? 0));
}

function mergeUnuseful(passes: readonly Investigation[], wrong: ReadonlySet<number>): UnusefulFinding[] {
  const named = passes.map(({ unuseful }) => new Set(unuseful.flatMap((one) => one.step_ids)));
  const isKept = (id: number): boolean =>
    !wrong.has(id) && 2 * named.filter((ids) => ids.has(id)).length >= passes.length;
  const taken = new Set<number>();
  return passes
    .flatMap(({ unuseful }) => unuseful)
    .flatMap((one) => {
      const step_ids = ascending(one.step_ids.filter((id) => isKept(id) && !taken.has(id)));
      for (const id of step_ids) taken.add(id);
      return step_ids.length > 0 ? { ...one, step_ids } : [];
    });
}

function agreementOf(sets: readonly ReadonlySet<number>[]): number {
  const pairs = sets.flatMap((one, index) => sets.slice(index + 1).map((other) => jaccard(one, other)));
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
}

function stepsOf(findings: readonly Finding[]): Set<number> {
  return new Set(findings.flatMap((one) => one.step_ids));
}

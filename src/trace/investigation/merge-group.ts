import { defined } from "../../util/narrow.ts";
import type { Finding } from "./investigation.ts";
import type { Vote } from "./merge.ts";
import { ascending } from "./report-context.ts";

const EVIDENCE_MAX = 8;

/** One finding of those about the same steps, most confident first. `passes` = all passes, also those that found nothing here. */
export function mergeGroup(votes: readonly Vote[], passes: number): Finding {
  const byPass = new Map<number, Finding[]>();
  for (const { pass, finding } of votes) byPass.set(pass, [...(byPass.get(pass) ?? []), finding]);
  const ballots = [...byPass.values()];
  const findings = votes.map((vote) => vote.finding);
  const step_ids = keptSteps(ballots);
  const surest = findings[0];
  if (surest === undefined) throw new Error("a group without a finding");
  const first = step_ids[0] ?? surest.stretch[0];
  const last = step_ids.at(-1) ?? surest.stretch[1];
  return defined({
    ...surest,
    step_ids,
    kind: majority(findings.map((one) => one.kind)) ?? surest.kind,
    confidence: sum(ballots.map((ballot) => Math.max(...ballot.map((one) => one.confidence)))) / passes,
    stretch: [Math.min(surest.stretch[0], first), Math.max(surest.stretch[1], last)] as const,
    stretch_share:
      sum(ballots.map((ballot) => Math.max(...ballot.map((one) => one.stretch_share)))) / ballots.length,
    evidence: evidenceOf(findings, step_ids),
    later: majority(findings.map((one) => one.later)) ?? surest.later,
    better_alternative: findings.find((one) => one.better_alternative !== undefined)?.better_alternative,
  });
}

/** The steps that at least half of the passes name; of a long chain of overlaps, where there may be none, those that most name. */
function keptSteps(ballots: readonly (readonly Finding[])[]): number[] {
  const named = ballots.map((ballot) => new Set(ballot.flatMap((one) => one.step_ids)));
  const all = ascending(named.flatMap((ids) => [...ids]));
  const kept = all.filter((id) => 2 * named.filter((ids) => ids.has(id)).length >= ballots.length);
  return kept.length > 0 ? kept : mostNamed(all, named);
}

function mostNamed(all: readonly number[], named: readonly ReadonlySet<number>[]): number[] {
  const votes = (id: number): number => named.filter((ids) => ids.has(id)).length;
  const most = Math.max(...all.map(votes));
  return all.filter((id) => votes(id) === most);
}

/** Each quote once, those of the steps that stay first. */
function evidenceOf(findings: readonly Finding[], step_ids: readonly number[]): Finding["evidence"] {
  const all = new Map(findings.flatMap((one) => one.evidence).map((one) => [JSON.stringify(one), one]));
  const own = [...all.values()].filter((one) => step_ids.includes(one.step_id));
  const others = [...all.values()].filter((one) => !step_ids.includes(one.step_id));
  return [...own, ...others].slice(0, EVIDENCE_MAX);
}

/** The most frequent; of equally frequent ones, the first. */
function majority<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

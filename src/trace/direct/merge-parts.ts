import type { Finding, Investigation } from "../investigation/investigation.ts";
import type { Report } from "../investigation/report.ts";
import type { PartAnswer } from "./ask-part.ts";
import type { RunPart } from "./parts.ts";

const TOLD_CANDIDATES = 8;
const TOLD_CHARS = 300;

/** What was asked over a part, and what came of it. */
export interface AnsweredPart {
  part: RunPart;
  answer: PartAnswer;
}

/**
 * One investigation of all parts. Where a later part names a block that shares a step with one of an earlier part, the later word counts: it knows what
 * came of it.
 */
export function mergeParts(answered: readonly AnsweredPart[]): Investigation {
  const found = answered.flatMap(({ part, answer }) =>
    answer.investigation === null ? [] : [{ part, investigation: answer.investigation }],
  );
  const all = found.map(({ investigation }) => investigation);
  return {
    findings: latestFindings(all),
    unuseful: all.flatMap(({ unuseful }) => unuseful),
    summary:
      found.length === 1 && answered.length === 1
        ? (all[0]?.summary ?? "")
        : found.map(({ part, investigation }) => `${nameOf(part)}: ${investigation.summary}`).join(" "),
    root_cause_chain: all.flatMap(({ root_cause_chain }) => root_cause_chain),
    critical_decisions: all.flatMap(({ critical_decisions }) => critical_decisions),
    strategy: all.findLast(({ strategy }) => strategy !== null)?.strategy ?? null,
    warnings: [...new Set(all.flatMap(({ warnings }) => warnings))],
  };
}

/** What a part came to in short, for the prompt over the next one. */
export function toldOf(part: RunPart, report: Report): string {
  const candidates = [...report.candidates]
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, TOLD_CANDIDATES)
    .map(
      (one) =>
        `- steps ${one.steps.join(", ")} (${one.kind}, ${one.confidence}): ${one.why.slice(0, TOLD_CHARS)}`,
    );
  return [
    `${nameOf(part)}: ${report.summary.slice(0, 2 * TOLD_CHARS)}`,
    ...(candidates.length === 0 ? ["- no step found wrong"] : candidates),
  ].join("\n");
}

function overlap(one: Finding, other: Finding): boolean {
  return one.step_ids.some((id) => other.step_ids.includes(id));
}

function latestFindings(investigations: readonly Investigation[]): Finding[] {
  return investigations.reduce<Finding[]>(
    (kept, { findings }) => [
      ...kept.filter((old) => !findings.some((finding) => overlap(finding, old))),
      ...findings,
    ],
    [],
  );
}

function nameOf(part: RunPart): string {
  return `Steps ${part.first_step_id} to ${part.last_step_id}`;
}

import { cleanText } from "../../index-run/clean-text.ts";
import { checkCandidate, type KnownSteps } from "./check-candidate.ts";
import { checkStages } from "./check-stages.ts";
import { checkUnuseful } from "./check-unuseful.ts";
import type { Finding, Investigation } from "./investigation.ts";
import type { Report } from "./report.ts";
import { type ReportContext, stepList, stepsById } from "./report-context.ts";

export type { ReportContext };

const PROBLEMS_MAX = 12;
const SUMMARY_CHARS = 2000;
const LINK_CHARS = 500;
const STRATEGY_CHARS = 1500;

/** A report after the check: what is proven of it, and what is not, in sentences for the model. */
export interface CheckedReport {
  investigation: Investigation;
  /** None = the report is taken. At most twelve. They quote nothing of the run. */
  problems: string[];
}

/**
 * Checks everything that a report claims about a run. What is proven makes up the investigation, whatever the problems; small slips that leave
 * no doubt (a quote of the step beside, other white space) are mended silently. Never throws, however odd the report.
 */
export function checkReport(report: Report, context: ReportContext): CheckedReport {
  const known: KnownSteps = { steps: stepsById(context.steps), opened: context.opened };
  const candidates = report.candidates.map((one, index) => {
    const { proven, problems } = checkCandidate(one, known);
    return {
      proven,
      problems: problems.map((problem) => `Candidate ${index + 1} (${stepList(one.steps)}): ${problem}.`),
    };
  });
  const findings = distinct(candidates.flatMap(({ proven }) => proven ?? []));
  const wrong = new Set(findings.flatMap((one) => one.step_ids));
  const unuseful = report.unuseful.map((one, index) => checkUnuseful(one, index, known, wrong));
  const problems = [
    ...checkStages(report.stages, context),
    ...candidates.flatMap((one) => one.problems),
    ...unuseful.flatMap((one) => one.problems),
  ];
  return {
    investigation: {
      findings,
      unuseful: unuseful.flatMap(({ proven }) => proven ?? []),
      ...told(report, known),
      warnings: [],
    },
    problems: atMost(problems),
  };
}

/** Takes of a report what is proven, and turns the rest into warnings: for when no further call is left to mend it. */
export function acceptReport(report: Report, context: ReportContext): Investigation {
  const { investigation, problems } = checkReport(report, context);
  const warnings = problems.map((problem) => `The model's report was not right and not mended: ${problem}`);
  return { ...investigation, warnings };
}

/** Of candidates with the same steps, the most confident. */
function distinct(findings: readonly Finding[]): Finding[] {
  const bySteps = new Map<string, Finding>();
  for (const one of findings) {
    const key = one.step_ids.join();
    const other = bySteps.get(key);
    if (other === undefined || one.confidence > other.confidence) bySteps.set(key, one);
  }
  return [...bySteps.values()];
}

function told(
  report: Report,
  { steps }: KnownSteps,
): Pick<Investigation, "summary" | "root_cause_chain" | "critical_decisions" | "strategy"> {
  const strategy = cleanText(report.strategy ?? "", STRATEGY_CHARS);
  return {
    summary: cleanText(report.summary, SUMMARY_CHARS),
    root_cause_chain: report.root_cause
      .map((link) => cleanText(link, LINK_CHARS))
      .filter((link) => link !== ""),
    critical_decisions: report.critical_decisions
      .filter((one) => steps.has(one.step) && one.decision.trim() !== "")
      .map((one) => ({ step_id: one.step, decision: cleanText(one.decision, LINK_CHARS) })),
    strategy: strategy === "" ? null : strategy,
  };
}

function atMost(problems: readonly string[]): string[] {
  if (problems.length <= PROBLEMS_MAX) return [...problems];
  const kept = problems.slice(0, PROBLEMS_MAX - 1);
  return [...kept, `${problems.length - kept.length} more problems of these kinds.`];
}

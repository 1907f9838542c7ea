import fc from "fast-check";
import { expect, test } from "vitest";
import { stands } from "../../../src/trace/evidence.ts";
import { acceptReport, checkReport } from "../../../src/trace/investigation/check-report.ts";
import type { Investigation } from "../../../src/trace/investigation/investigation.ts";
import { mergeInvestigations } from "../../../src/trace/investigation/merge.ts";
import { readReport } from "../../../src/trace/investigation/read-report.ts";
import { FINDING_KINDS, type Report } from "../../../src/trace/investigation/report.ts";
import { secondLook } from "../../../src/trace/investigation/second-look.ts";
import { toDiagnosis } from "../../../src/trace/investigation/to-diagnosis.ts";
import type { ChosenStep } from "../../../src/trace/select/chosen-step.ts";
import { DiagnosisFileSchema } from "../../../src/trajectory/diagnosis.ts";
import { outcome } from "../../support/steps.ts";
import { RUN } from "./made-report.ts";

const stepId = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.MAX_SAFE_INTEGER, 1_000_000) },
);
const words = fc.oneof(
  fc.constantFrom(
    "Let me make up prices.",
    "total 0",
    "cat  >\nout.csv",
    "\\n1,2,4\\n",
    "1,2…EOF",
    "submit",
    "wget: …",
  ),
  fc.string({ unit: "binary", minLength: 1 }),
);
const candidate = fc.record({
  steps: fc.array(stepId, { minLength: 1, maxLength: 12 }),
  kind: fc.constantFrom(...FINDING_KINDS),
  confidence: fc.double({ min: 0, max: 100, noNaN: true }),
  stretch: fc.tuple(stepId, stepId),
  wrong_in_stretch: fc.nat(),
  quotes: fc.array(fc.record({ step: stepId, text: words }), { minLength: 1, maxLength: 4 }),
  why: words,
  later: fc.constantFrom("kept" as const, "undone" as const, "unknown" as const),
});
const report: fc.Arbitrary<Report> = fc.record({
  stages: fc.array(fc.record({ stage_id: stepId, wrong_share: fc.constantFrom(0, 1), note: fc.string() })),
  candidates: fc.array(candidate, { maxLength: 6 }),
  unuseful: fc.array(
    fc.record({
      steps: fc.array(stepId, { minLength: 1 }),
      quote: fc.record({ step: stepId, text: words }),
      why: words,
    }),
    { maxLength: 3 },
  ),
  summary: words,
  root_cause: fc.array(fc.string(), { maxLength: 8 }),
  critical_decisions: fc.array(fc.record({ step: stepId, decision: fc.string() }), { maxLength: 8 }),
  strategy: fc.option(fc.string()),
});

function expectProven({ findings, unuseful }: Investigation): void {
  for (const { step_ids, evidence } of [...findings, ...unuseful]) {
    expect(step_ids.length).toBeGreaterThan(0);
    expect(step_ids.every((id) => id >= 1 && id <= RUN.steps.length)).toBe(true);
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.every((quote) => stands(quote, RUN.steps))).toBe(true);
  }
}

function diagnosed(investigation: Investigation, chosen: readonly ChosenStep[]): void {
  const given = {
    ...RUN,
    outcome: outcome({ resolved: false }),
    task: null,
    empty_reason: null,
    codetracer_version: "1",
  };
  const usage = { calls: 1, input_tokens: 1, output_tokens: 1, cost_usd: null };
  const diagnosis = toDiagnosis(given, investigation, chosen, {
    tracer: "agent",
    tracer_version: 1,
    model: "m",
    prompt_digest: "d",
    settings: {},
    injections: [],
    warnings: [],
    agreement: null,
    usage,
    rules: [],
  });
  expect(DiagnosisFileSchema.parse(diagnosis)).toEqual(diagnosis);
  const ids = diagnosis.labels.map((one) => one.step_id);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  for (const label of diagnosis.labels)
    for (const quote of label.evidence) expect(stands(quote, RUN.steps)).toBe(true);
}

test("whatever a report claims, what comes of it is proven", () => {
  const opened = fc.func(fc.boolean());
  fc.assert(
    fc.property(fc.array(report, { minLength: 1, maxLength: 3 }), opened, (given, open) => {
      const context = { ...RUN, opened: (id: number) => open(id) };
      const read = given.map((one) => readReport(JSON.stringify(one)));
      const investigations = read.map((one) => {
        if ("problems" in one) throw new Error(one.problems.join(" "));
        expect(secondLook(one, RUN)).toBeTypeOf("string");
        expect(checkReport(one, context).problems.length).toBeLessThanOrEqual(12);
        return acceptReport(one, context);
      });
      investigations.forEach(expectProven);
      for (const { findings } of investigations)
        expect(findings.flatMap((one) => one.step_ids).every((id) => open(id))).toBe(true);
      const { investigation } = mergeInvestigations(investigations);
      expectProven(investigation);
      const chosen = investigation.findings.flatMap((finding) =>
        finding.step_ids.map((step_id) => ({
          step_id,
          probability: finding.confidence,
          finding,
          counted: step_id % 2 === 0,
        })),
      );
      diagnosed(investigation, chosen);
    }),
    { numRuns: 400 },
  );
});

test("whatever a model hands in, reading it does not throw", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"',
    ",",
    ":",
    "\\",
    "\n",
    "```json\n",
    "```",
    "stages",
    "null",
    "1e9",
  );
  const text = fc.oneof(
    fc.json(),
    fc.string({ unit: "binary" }),
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
    fc
      .tuple(report, fc.anything())
      .map(([one, odd]) => JSON.stringify({ ...one, candidates: odd, stages: odd }) ?? ""),
    fc.tuple(report, fc.nat()).map(([one, at]) => JSON.stringify(one).slice(0, at)),
  );
  fc.assert(
    fc.property(text, (given) => {
      const read = readReport(given);
      if (!("problems" in read)) return;
      expect(read.problems.length).toBeGreaterThan(0);
      expect(read.problems.length).toBeLessThanOrEqual(8);
      expect(Math.max(...read.problems.map((problem) => problem.length))).toBeLessThan(300);
    }),
    { numRuns: 1000 },
  );
});

import { describe, expect, test } from "vitest";
import type { Finding, Investigation } from "../../../src/trace/investigation/investigation.ts";
import { type DiagnosisSource, toDiagnosis } from "../../../src/trace/investigation/to-diagnosis.ts";
import { type TraceInput, traceWithRules } from "../../../src/trace/rules/index.ts";
import type { ChosenStep } from "../../../src/trace/select/chosen-step.ts";
import { DiagnosisFileSchema } from "../../../src/trajectory/diagnosis.ts";
import type { Label } from "../../../src/trajectory/label.ts";
import { outcome } from "../../support/steps.ts";
import { RUN } from "./made-report.ts";

const UNSOLVED = outcome({ resolved: false, source: "result.json: reward" });

function input(more: Partial<TraceInput> = {}): TraceInput {
  return { ...RUN, outcome: UNSOLVED, task: null, empty_reason: null, codetracer_version: "1.2.3", ...more };
}

const QUOTE_4 = { step_id: 4, where: "thinking" as const, quote: "Let me make up prices." };
const QUOTE_7 = { step_id: 7, where: "action" as const, quote: "1,2,4" };
const MADE_UP: Finding = {
  step_ids: [4, 7],
  kind: "fabricated_result",
  confidence: 0.75,
  stretch: [4, 8],
  stretch_share: 0.6,
  evidence: [QUOTE_4, QUOTE_7],
  reasoning: "Prices are made up.",
  later: "built_upon",
  better_alternative: "Report the failure.",
};
const HANDED_IN: Finding = {
  step_ids: [8],
  kind: "unbacked_success",
  confidence: 0.5,
  stretch: [7, 8],
  stretch_share: 0.5,
  evidence: [{ step_id: 6, where: "observation", quote: "1 failed" }],
  reasoning: "The test had failed.",
  later: "kept",
};
const INVESTIGATION: Investigation = {
  findings: [MADE_UP, HANDED_IN],
  unuseful: [
    {
      step_ids: [5],
      evidence: [{ step_id: 5, where: "observation", quote: "1,2,3" }],
      reasoning: "Nothing new.",
    },
  ],
  summary: "Prices were made up.",
  root_cause_chain: ["No network.", "Made up."],
  critical_decisions: [
    { step_id: 8, decision: "hands it in" },
    { step_id: 77, decision: "none" },
    { step_id: 4, decision: "makes prices up" },
  ],
  strategy: "Report it.",
  warnings: ["A quote was left out."],
};
const CHOSEN: ChosenStep[] = [
  { step_id: 8, probability: 0.314159, finding: HANDED_IN, counted: false },
  { step_id: 4, probability: 0.62, finding: MADE_UP, counted: true },
  { step_id: 7, probability: 0.48, finding: MADE_UP, counted: true },
];
const SOURCE: DiagnosisSource = {
  tracer: "agent",
  tracer_version: 1,
  model: "scripted/x",
  prompt_digest: "0123456789abcdef",
  settings: { votes: 1 },
  injections: [],
  warnings: ["The time was up."],
  agreement: null,
  usage: { calls: 3, input_tokens: 100, output_tokens: 20, cost_usd: null },
  rules: [],
};

test("an investigation becomes a diagnosis", () => {
  const diagnosis = toDiagnosis(input(), INVESTIGATION, CHOSEN, SOURCE);
  expect(DiagnosisFileSchema.parse(diagnosis)).toEqual(diagnosis);
  expect(diagnosis).toEqual({
    codetracer_version: "1.2.3",
    tracer: "agent",
    tracer_version: 1,
    model: "scripted/x",
    prompt_digest: "0123456789abcdef",
    settings: { votes: 1 },
    verdict: "diagnosed",
    labels: [
      {
        step_id: 4,
        label: "incorrect",
        confidence: 0.62,
        detector: "agent:fabricated_result",
        reasoning: "Prices are made up.",
        evidence: [QUOTE_4, QUOTE_7],
        better_alternative: "Report the failure.",
        profiles: ["findings", "codetracebench"],
      },
      {
        step_id: 5,
        label: "unuseful",
        confidence: 0.5,
        detector: "agent:unuseful",
        reasoning: "Nothing new.",
        evidence: [{ step_id: 5, where: "observation", quote: "1,2,3" }],
        profiles: ["findings", "codetracebench"],
      },
      {
        step_id: 7,
        label: "incorrect",
        confidence: 0.48,
        detector: "agent:fabricated_result",
        reasoning: "Prices are made up.",
        evidence: [QUOTE_7, QUOTE_4],
        better_alternative: "Report the failure.",
        profiles: ["findings", "codetracebench"],
      },
      {
        step_id: 8,
        label: "incorrect",
        confidence: 0.31,
        detector: "agent:unbacked_success",
        reasoning: "The test had failed.",
        evidence: [{ step_id: 6, where: "observation", quote: "1 failed" }],
        profiles: ["findings"],
      },
    ],
    onset_step_id: 4,
    cascade_step_ids: [5, 6, 7],
    root_cause_chain: ["No network.", "Made up."],
    critical_decisions: [
      { step_id: 4, decision: "makes prices up" },
      { step_id: 8, decision: "hands it in" },
    ],
    summary: "Prices were made up.",
    strategy: "Report it.",
    injections: [],
    warnings: ["The time was up.", "A quote was left out."],
    agreement: null,
    findings: [MADE_UP, HANDED_IN].map(({ step_ids, kind, confidence, stretch_share, later }) => ({
      step_ids,
      kind,
      confidence,
      stretch_share,
      later,
    })),
    usage: { calls: 3, input_tokens: 100, output_tokens: 20, cost_usd: null },
  });
});

const at = (step_id: number, probability: number, counted: boolean, finding = MADE_UP): ChosenStep => ({
  step_id,
  probability,
  finding: { ...finding, step_ids: [step_id] },
  counted,
});

const onsets: { name: string; chosen: ChosenStep[]; onset: number | null }[] = [
  { name: "the first counted step", chosen: [at(4, 0.5, true), at(7, 0.6, true)], onset: 4 },
  { name: "a later one that is much surer", chosen: [at(4, 0.3, true), at(7, 0.6, true)], onset: 7 },
  {
    name: "a counted step before a surer one that is not",
    chosen: [at(4, 0.9, false), at(7, 0.2, true)],
    onset: 7,
  },
  {
    name: "the surest finding, where none counts",
    chosen: [at(4, 0.39, false), at(7, 0.4, false)],
    onset: 7,
  },
  { name: "none, where nothing is sure", chosen: [at(4, 0.39, false), at(7, 0.3, false)], onset: null },
];
test.each(onsets)("the onset is $name", ({ chosen, onset }) => {
  const diagnosis = toDiagnosis(input(), { ...INVESTIGATION, unuseful: [] }, chosen, SOURCE);
  expect(diagnosis.onset_step_id).toBe(onset);
  if (onset === null) expect(diagnosis.cascade_step_ids).toEqual([]);
});

const RULE: Label = {
  step_id: 3,
  label: "incorrect",
  confidence: 0.2,
  detector: "ignored-evidence",
  reasoning: "It was known.",
  evidence: [{ step_id: 3, where: "action", quote: "ls data" }],
  profiles: ["findings", "codetracebench"],
};

describe("labels", () => {
  const labelsOf = (
    chosen: ChosenStep[],
    rules: Label[] = [],
    investigation: Partial<Investigation> = {},
  ): unknown[] =>
    toDiagnosis(input(), { ...INVESTIGATION, unuseful: [], ...investigation }, chosen, {
      ...SOURCE,
      rules,
    }).labels.map((one) => [one.step_id, one.detector, one.confidence, one.profiles.length]);

  test("a step that only the rules point at comes with their label", () => {
    const chosen = [{ step_id: 3, probability: 0.7, finding: null, counted: true }];
    expect(labelsOf(chosen, [RULE])).toEqual([[3, "ignored-evidence", 0.7, 2]]);
    expect(labelsOf(chosen)).toEqual([]);
  });

  test("of several findings about one step, the counted one speaks, then the more probable", () => {
    const chosen = [at(4, 0.9, false), at(4, 0.3, true, HANDED_IN), at(4, 0.4, true)];
    expect(labelsOf(chosen)).toEqual([[4, "agent:fabricated_result", 0.4, 2]]);
  });

  test("a finding whose quotes do not stand is left out, and so is a step that does not exist", () => {
    const false_quote = { ...MADE_UP, evidence: [{ ...QUOTE_4, quote: "never said" }] };
    expect(labelsOf([at(4, 0.9, true, false_quote), at(70, 0.9, true)])).toEqual([]);
  });

  test("odd probabilities are brought into bounds", () => {
    const chosen = [at(4, Number.NaN, true), at(7, 7, true), at(8, -1, true)];
    expect(labelsOf(chosen)).toEqual(
      [4, 7, 8].map((id, index) => [id, "agent:fabricated_result", [0, 1, 0][index], 2]),
    );
  });

  test("an unuseful step that the rules see too has their confidence; one that is wrong as well is only wrong", () => {
    const rule: Label = { ...RULE, step_id: 5, label: "unuseful", confidence: 0.8 };
    const unuseful = INVESTIGATION.unuseful.map((one) => ({ ...one, step_ids: [4, 5] }));
    expect(labelsOf([at(4, 0.5, true)], [rule], { unuseful })).toEqual([
      [4, "agent:fabricated_result", 0.5, 2],
      [5, "agent:unuseful", 0.8, 2],
    ]);
  });
});

const unlabelled = [
  {
    name: "a solved run",
    outcome: outcome({ resolved: true }),
    summary: "Prices were made up.",
    strategy: null,
  },
  { name: "a failed run", outcome: UNSOLVED, summary: "Prices were made up.", strategy: "Report it." },
  {
    name: "a run of which nothing is told",
    outcome: UNSOLVED,
    summary: "",
    strategy: "Report it.",
    told: "The task was not solved (result.json: reward). The model found no step to blame.",
  },
];
test.each(unlabelled)("$name without labels has no finding", ({ outcome, summary, strategy, told }) => {
  const diagnosis = toDiagnosis(input({ outcome }), { ...INVESTIGATION, unuseful: [], summary }, [], SOURCE);
  expect(diagnosis).toMatchObject({
    verdict: "no_finding",
    labels: [],
    onset_step_id: null,
    root_cause_chain: [],
    critical_decisions: [],
    summary: told ?? summary,
    strategy,
  });
});

test("only unuseful steps are no failure chain", () => {
  const diagnosis = toDiagnosis(input(), { ...INVESTIGATION, summary: "" }, [], SOURCE);
  expect(diagnosis).toMatchObject({
    verdict: "diagnosed",
    onset_step_id: null,
    cascade_step_ids: [],
    root_cause_chain: [],
    summary: "The task was not solved (result.json: reward). No step is found to be wrong.",
  });
});

const unjudged = [
  {
    verdict: "infrastructure_failure",
    more: { outcome: outcome({ infrastructure_failure: { reason: "no container", source: "job.log" } }) },
  },
  { verdict: "no_steps", more: { steps: [], stages: [], empty_reason: "cut off" } },
];
test.each(unjudged)(
  "$verdict gets no labels and the rules' words, whatever was found",
  ({ verdict, more }) => {
    const diagnosis = toDiagnosis(input(more), INVESTIGATION, CHOSEN, SOURCE);
    expect(diagnosis).toMatchObject({ verdict, labels: [], strategy: null, tracer: "agent" });
    expect(diagnosis.summary).toBe(traceWithRules(input(more)).summary);
  },
);

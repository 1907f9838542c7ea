import { describe, expect, test } from "vitest";
import { acceptReport, checkReport } from "../../../src/trace/investigation/check-report.ts";
import type { Candidate, Report } from "../../../src/trace/investigation/report.ts";
import { candidate, context, report } from "./made-report.ts";

const FINDING = {
  step_ids: [4],
  kind: "fabricated_result",
  confidence: 0.75,
  stretch: [4, 5],
  stretch_share: 0.5,
  evidence: [{ step_id: 4, where: "thinking", quote: "Let me make up prices." }],
  reasoning: "The download had failed.",
  later: "built_upon",
};

test("a report without a flaw is taken whole", () => {
  const unuseful = [{ steps: [5], quote: { step: 5, text: "1,2,3" }, why: "Shows what was just written." }];
  expect(checkReport(report({ unuseful }), context())).toEqual({
    investigation: {
      findings: [FINDING],
      unuseful: [
        {
          step_ids: [5],
          evidence: [{ step_id: 5, where: "observation", quote: "1,2,3" }],
          reasoning: "Shows what was just written.",
        },
      ],
      summary: "Prices were asked for; they were made up.",
      root_cause_chain: ["The download failed.", "Prices were made up."],
      critical_decisions: [{ step_id: 4, decision: "makes prices up" }],
      strategy: "Report that the source is out of reach.",
      warnings: [],
    },
    problems: [],
  });
});

const refused: {
  name: string;
  candidate: Partial<Candidate>;
  opened?: number[];
  problems: string[];
  /** What is proven all the same; null = nothing. */
  proven: object | null;
}[] = [
  {
    name: "a step that does not exist",
    candidate: { steps: [4, 9] },
    problems: ["Candidate 1 (steps 4, 9): step 9 does not exist; the run has steps 1 to 8."],
    proven: FINDING,
  },
  {
    name: "a block of steps that do not exist",
    candidate: { steps: [90, 91] },
    problems: ["Candidate 1 (steps 90-91): steps 90-91 do not exist; the run has steps 1 to 8."],
    proven: null,
  },
  {
    name: "a step that was not opened",
    candidate: { steps: [4, 5], wrong_in_stretch: 2 },
    opened: [1, 2, 3, 4],
    problems: ["Candidate 1 (steps 4-5): step 5 was not opened in this session."],
    proven: { ...FINDING, stretch_share: 1 },
  },
  {
    name: "no step that was opened",
    candidate: {},
    opened: [1, 2, 8],
    problems: ["Candidate 1 (step 4): step 4 was not opened in this session."],
    proven: null,
  },
  {
    name: "a quote that stands nowhere",
    candidate: {
      quotes: [
        { step: 4, text: "Let me make up prices." },
        { step: 4, text: "I am lying" },
      ],
    },
    problems: ["Candidate 1 (step 4): quote 2 does not stand in step 4, nor in any other; copy it exactly."],
    proven: FINDING,
  },
  {
    name: "no quote that stands anywhere",
    candidate: { quotes: [{ step: 4, text: "I am lying" }] },
    problems: ["Candidate 1 (step 4): quote 1 does not stand in step 4, nor in any other; copy it exactly."],
    proven: null,
  },
  {
    name: "a quote that stands far away",
    candidate: { quotes: [{ step: 4, text: "submit" }] },
    problems: ["Candidate 1 (step 4): quote 1 does not stand in step 4; it stands in step 8."],
    proven: null,
  },
  {
    name: "a quote of a step that does not exist",
    candidate: { quotes: [{ step: 44, text: "submit" }] },
    problems: ["Candidate 1 (step 4): quote 1 names step 44, which does not exist; it stands in step 8."],
    proven: null,
  },
  {
    name: "quotes of other steps only",
    candidate: { quotes: [{ step: 2, text: "wget: unable to resolve" }] },
    problems: ["Candidate 1 (step 4): no quote is from the block itself, step 4."],
    proven: null,
  },
  {
    name: "a stretch that does not cover the block",
    candidate: { steps: [4, 7], stretch: [5, 7], wrong_in_stretch: 2 },
    problems: ["Candidate 1 (steps 4, 7): stretch [5, 7] does not cover the block (4 to 7) within the run."],
    proven: { ...FINDING, step_ids: [4, 7], stretch: [4, 7] },
  },
  {
    name: "a stretch beyond the end of the run",
    candidate: { stretch: [4, 12] },
    problems: ["Candidate 1 (step 4): stretch [4, 12] does not cover the block (4 to 4) within the run."],
    proven: { ...FINDING, stretch: [4, 4], stretch_share: 1 },
  },
  {
    name: "more wrong steps than the stretch has",
    candidate: { wrong_in_stretch: 3 },
    problems: ["Candidate 1 (step 4): wrong_in_stretch is 3, but stretch [4, 5] has 2 steps."],
    proven: { ...FINDING, stretch_share: 1 },
  },
];

describe("a candidate is refused for", () => {
  test.each(refused)("$name", ({ candidate: flaw, opened, problems, proven }) => {
    const checked = checkReport(report({ candidates: [candidate(flaw)] }), context(opened));
    expect(checked.problems).toEqual(problems);
    expect(checked.investigation.findings).toEqual(proven === null ? [] : [proven]);
  });
});

const mended: { name: string; candidates: Candidate[]; findings: object[] }[] = [
  {
    name: "a quote of the step beside it",
    candidates: [candidate({ quotes: [{ step: 5, text: "make up prices" }] })],
    findings: [{ ...FINDING, evidence: [{ step_id: 4, where: "thinking", quote: "make up prices" }] }],
  },
  {
    name: "a quote of a step far off that stands in the block",
    candidates: [candidate({ quotes: [{ step: 99, text: "make up prices" }] })],
    findings: [{ ...FINDING, evidence: [{ step_id: 4, where: "thinking", quote: "make up prices" }] }],
  },
  {
    name: "steps in any order, and twice",
    candidates: [candidate({ steps: [7, 4, 7], stretch: [4, 7], wrong_in_stretch: 2 })],
    findings: [{ ...FINDING, step_ids: [4, 7], stretch: [4, 7] }],
  },
  {
    name: "a stretch with fewer wrong steps than the block has",
    candidates: [candidate({ wrong_in_stretch: 0 })],
    findings: [FINDING],
  },
  {
    name: "the same block twice: the surer one",
    candidates: [candidate({ confidence: 30, kind: "wrong_change" }), candidate()],
    findings: [FINDING],
  },
];

test.each(mended)("mended silently: $name", ({ candidates, findings }) => {
  const { investigation, problems } = checkReport(report({ candidates }), context());
  expect(problems).toEqual([]);
  expect(investigation.findings).toEqual(findings);
});

const UNUSEFUL = { steps: [3], quote: { step: 3, text: "total 0" }, why: "empty" };
const others: { name: string; more: Partial<Report>; opened?: number[]; problems: string[] }[] = [
  {
    name: "stages that are missing",
    more: { stages: [] },
    problems: ["`stages` has no entry for stages 1-2."],
  },
  {
    name: "a stage that was neither opened nor given a reason",
    more: {
      stages: [
        { stage_id: 1, wrong_share: 0, note: " " },
        { stage_id: 2, wrong_share: 0.5, note: "" },
      ],
    },
    opened: [4, 5],
    problems: ["No step of stage 1 was opened: open one or say in `note` why not."],
  },
  {
    name: "an unuseful step that was not opened",
    more: { unuseful: [UNUSEFUL] },
    opened: [4],
    problems: ["Unuseful entry 1: step 3 was not opened in this session."],
  },
  {
    name: "an unuseful step that changes state",
    more: { unuseful: [UNUSEFUL, { ...UNUSEFUL, steps: [2], quote: { step: 2, text: "Resolving" } }] },
    problems: ["Unuseful entry 2: step 2 changes state, which unuseful exploration does not."],
  },
  {
    name: "an unuseful step without a quote that stands",
    more: { unuseful: [{ ...UNUSEFUL, quote: { step: 3, text: "total 9" } }] },
    problems: ["Unuseful entry 1: quote 1 does not stand in step 3, nor in any other; copy it exactly."],
  },
];

test.each(others)("refused for $name", ({ more, opened, problems }) => {
  expect(checkReport(report(more), context(opened)).problems).toEqual(problems);
});

test("a step that is wrong is not unuseful as well", () => {
  const both = report({
    candidates: [candidate({ steps: [3, 4], stretch: [3, 4], wrong_in_stretch: 2 })],
    unuseful: [UNUSEFUL],
  });
  expect(checkReport(both, context())).toMatchObject({ problems: [], investigation: { unuseful: [] } });
});

test("decisions about steps that do not exist are left out", () => {
  const critical_decisions = [
    { step: 12, decision: "none" },
    { step: 4, decision: "makes prices up" },
  ];
  expect(checkReport(report({ critical_decisions }), context()).investigation.critical_decisions).toEqual([
    { step_id: 4, decision: "makes prices up" },
  ]);
});

test("no more than twelve problems are told", () => {
  const candidates = Array.from({ length: 20 }, (_, index) => candidate({ steps: [100 + index] }));
  const { problems } = checkReport(report({ candidates }), context());
  expect(problems).toHaveLength(12);
  expect(problems.at(-1)).toBe("9 more problems of these kinds.");
});

test("what a model writes is cut and cleaned", () => {
  const why = `\u001b[31mred\u001b[0m\n${"x".repeat(5000)}`;
  const { findings } = checkReport(report({ candidates: [candidate({ why })] }), context()).investigation;
  expect(findings[0]?.reasoning).toMatch(/^red x{1000,1200}…$/);
});

test("a report that is accepted as it is keeps what is proven and warns of the rest", () => {
  const candidates = [
    candidate(),
    candidate({ steps: [8], stretch: [7, 8], quotes: [{ step: 8, text: "no such" }] }),
  ];
  expect(acceptReport(report({ candidates }), context())).toMatchObject({
    findings: [FINDING],
    warnings: [
      "The model's report was not right and not mended: Candidate 2 (step 8): quote 1 does not stand in step 8, nor in any other; copy it exactly.",
    ],
  });
});

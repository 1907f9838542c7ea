import { describe, expect, test } from "vitest";
import { readReport } from "../../../src/trace/investigation/read-report.ts";
import { candidate, report } from "./made-report.ts";

const REPORT = report();
const JSON_TEXT = JSON.stringify(REPORT, null, 2);

const forms = [
  { name: "alone", text: JSON_TEXT },
  { name: "in a block", text: `\`\`\`json\n${JSON_TEXT}\n\`\`\`\n` },
  { name: "in a block that is not closed", text: `Here it is.\n\`\`\`json\n${JSON_TEXT}` },
  {
    name: "in the last of two blocks",
    text: `\`\`\`json\n{"stages": 1}\n\`\`\`\nNo:\n\`\`\`json\n${JSON_TEXT}\n\`\`\``,
  },
  { name: "among prose", text: `The report: ${JSON_TEXT}\nThat is all.` },
  {
    name: "with Windows' line ends",
    text: `\`\`\`json\r\n${JSON_TEXT.replaceAll("\n", "\r\n")}\r\n\`\`\`\r\n`,
  },
];

test.each(forms)("a report is read $name", ({ text }) => {
  expect(readReport(text)).toEqual(REPORT);
});

test("a report may hold a fence in a string", () => {
  const summary = "It wrote ```json\n{}\n``` there.";
  expect(readReport(JSON.stringify({ ...REPORT, summary }, null, 2))).toEqual({ ...REPORT, summary });
});

test("what may be left out is filled in", () => {
  const { stages, candidates, summary } = REPORT;
  expect(readReport(JSON.stringify({ stages, candidates, summary }))).toEqual({
    ...REPORT,
    root_cause: [],
    critical_decisions: [],
    strategy: null,
  });
});

const scales = [
  { given: [0.75, 0.3], read: [75, 30] },
  { given: [1, 0.5], read: [100, 50] },
  { given: [75, 0.5], read: [75, 0.5] },
  { given: [1, 0], read: [1, 0] },
];
test.each(scales)("confidences $given are read as $read", ({ given, read }) => {
  const candidates = given.map((confidence) => candidate({ confidence }));
  const found = readReport(JSON.stringify(report({ candidates })));
  expect("problems" in found ? found : found.candidates.map((one) => one.confidence)).toEqual(read);
});

const broken: { name: string; text: string; problem: string }[] = [
  { name: "nothing", text: " \n", problem: "The report is empty." },
  {
    name: "prose",
    text: "I have found nothing.",
    problem:
      "The report is not JSON at line 1, column 1, near “I have found nothing.”: this may not stand here.",
  },
  {
    name: "a cut",
    text: '{"stages": [],',
    problem:
      "The report is not JSON: it ends too early; a closing bracket, brace or quotation mark is missing.",
  },
  {
    name: "a comma too much",
    text: '{\n  "stages": [\n    1,\n  ],\n  "summary": ""\n}',
    problem:
      'The report is not JSON at line 4, column 3, near “], "summary": "" }”: no comma may stand before a closing bracket.',
  },
  {
    name: "a quotation mark inside a string",
    text: '{"summary": "it said "no" twice"}',
    problem:
      'The report is not JSON at line 1, column 23, near “no" twice"}”: a comma or colon is missing, or a " inside a string is not written \\".',
  },
  {
    name: "a line break inside a string, in a block",
    text: 'So:\n```json\n{"summary": "one\ntwo"}\n```',
    problem:
      'The report is not JSON at line 3, column 17, near “two"}”: a line break or tab inside a string; write \\n or \\t.',
  },
  {
    name: "a backslash inside a string",
    text: '{"summary": "C:\\data"}',
    problem:
      'The report is not JSON at line 1, column 16, near “\\data"}”: a backslash inside a string is written \\\\.',
  },
  {
    name: "too much of it",
    text: `{"summary": "${"x".repeat(500_000)}"}`,
    problem: "The report has 500015 characters; 400000 are the limit.",
  },
];
test.each(broken)("$name is no report", ({ text, problem }) => {
  expect(readReport(text)).toEqual({ problems: [problem] });
});

const long = "y".repeat(100);
const misshapen: { name: string; value: unknown; problems: string[] }[] = [
  { name: "a list", value: [1], problems: ["The report: must be an object, not a list of 1."] },
  {
    name: "missing parts",
    value: {},
    problems: [
      "stages: must be a list, and is missing.",
      "candidates: must be a list, and is missing.",
      "summary: must be a string, and is missing.",
    ],
  },
  {
    name: "a candidate with everything wrong",
    value: {
      ...REPORT,
      candidates: [
        {
          steps: [],
          kind: `\u001b[31m${long}`,
          confidence: 101,
          stretch: [4],
          wrong_in_stretch: -1.5,
          quotes: [{ step: "4", text: "" }],
          why: null,
          later: {},
        },
      ],
    },
    problems: [
      "candidates[0].steps: must be at least 1 entry, not a list of 0.",
      `candidates[0].kind: must be one of fabricated_result, unbacked_success, ignored_evidence, wrong_change, abandoned_direction, stuck_terminal, not “${"y".repeat(39)}…”.`,
      "candidates[0].confidence: must be at most 100, not “101”.",
      "candidates[0].stretch: must be at least 2 entries, not a list of 1.",
      "candidates[0].wrong_in_stretch: must be a whole number, not “-1.5”.",
      "candidates[0].quotes[0].step: must be a number, not “4”.",
      "candidates[0].quotes[0].text: must be at least 1 character, not “”.",
      "2 more fields are not as the format says.",
    ],
  },
];
describe("a report of another shape", () => {
  test.each(misshapen)("$name", ({ value, problems }) => {
    expect(readReport(JSON.stringify(value))).toEqual({ problems });
  });
});

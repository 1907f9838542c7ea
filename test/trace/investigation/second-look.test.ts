import { expect, test } from "vitest";
import { secondLook } from "../../../src/trace/investigation/second-look.ts";
import { failure, look, oneStage, steps } from "../../support/steps.ts";
import { candidate, RUN, report } from "./made-report.ts";

test("the facts about each candidate", () => {
  const candidates = [
    candidate(),
    candidate({ steps: [1], kind: "wrong_change", confidence: 10, stretch: [1, 2] }),
    candidate({
      steps: [7, 8],
      kind: "unbacked_success",
      confidence: 55.4,
      stretch: [6, 8],
      wrong_in_stretch: 2,
    }),
  ];
  expect(secondLook(report({ candidates }), RUN)).toBe(
    [
      "Candidate 1: step 4, fabricated_result, confidence 75, 1 of 4-5 wrong (50 %), stage 2",
      "- before: [3] ls data (explore); printed: total 0",
      "- it printed: nothing",
      "- after: [5] cat out.csv (explore)",
      "- its files (out.csv): written again in 7; read in 5",
      "- same or similar action: again in 7",
      "- checks after it: 6 failed",
      "",
      "Candidate 2: step 1, wrong_change, confidence 10, 1 of 1-2 wrong (50 %), stage 1",
      "- it begins the run",
      "- it printed: write the prices to out.csv",
      "- after: [2] download the prices (change, failed)",
      "- checks after it: 6 failed",
      "",
      "Candidate 3: steps 7-8, unbacked_success, confidence 55, 2 of 6-8 wrong (67 %), stage 2",
      "- before: [6] run test_prices.py (explore, failed); printed: 1 failed",
      "- step 8 printed: nothing",
      "- it ends the run",
      "- its files (out.csv): not touched again",
      "- same or similar action: before in 4",
      "- no known check after it",
    ].join("\n"),
  );
});

test("the error of a step that failed is told rather than its last line", () => {
  const run = {
    steps: steps(failure("make", "cc a.c\na.c:1: error: no rule\nmake: leaving directory"), look("ls", null)),
    stages: oneStage(2),
  };
  const text = secondLook(report({ candidates: [candidate({ steps: [2], stretch: [1, 2] })] }), run);
  expect(text).toContain("before: [1] make (change, failed); printed: a.c:1: error: no rule\n");
  expect(text).toContain("it printed: not recorded\n");
});

test("an exception is told rather than the line that raised it", () => {
  const output = 'Traceback\n  raise_error("failed")\nAssertionError: 3 != 4\n\nRan 1 test';
  const run = { steps: steps(failure("python t.py", output)), stages: oneStage(1) };
  const text = secondLook(report({ candidates: [candidate({ steps: [1], stretch: [1, 1] })] }), run);
  expect(text).toContain("- it printed: AssertionError: 3 != 4\n");
});

const quiet = [
  {
    name: "what a harness puts around it",
    observation: "<output>\nbuilt\n</output>\n",
    printed: "it printed: built",
  },
  { name: "a status", observation: "built\n<returncode>0</returncode>\n", printed: "it printed: built" },
  { name: "a prompt", observation: "built\nroot@host:/app# ", printed: "it printed: built" },
  {
    name: "a prompt in an environment",
    observation: "built\n(env) me@host:~/a$ \n\n",
    printed: "it printed: built",
  },
  { name: "nothing else", observation: "$ \n", printed: "it printed: nothing" },
];
test.each(quiet)("the last line that says anything is told, not $name", ({ observation, printed }) => {
  const run = { steps: steps(look("make", observation)), stages: oneStage(1) };
  const text = secondLook(report({ candidates: [candidate({ steps: [1], stretch: [1, 1] })] }), run);
  expect(text.split("\n- ")).toContain(printed);
});

test("where the step before has no output of its own, the newest output at that time is told", () => {
  const run = {
    steps: steps(look("a", "screen"), look("b", null), look("c", null), look("d", "later")),
    stages: oneStage(4),
  };
  const text = secondLook(report({ candidates: [candidate({ steps: [4], stretch: [3, 4] })] }), run);
  expect(text).toContain("- before: [3] c (explore); step 1 printed: screen\n");
});

test("many checks and many later steps are told in short", () => {
  const run = {
    steps: steps(
      look("cat a", "x", { touches: { writes: ["a"] } }),
      ...Array.from({ length: 40 }, (_, index) =>
        look(`test ${index}`, "x", { failed: index % 2 === 0, touches: index % 2 ? { reads: ["a"] } : {} }),
      ),
    ),
    stages: oneStage(41),
  };
  const text = secondLook(report({ candidates: [candidate({ steps: [1], stretch: [1, 2] })] }), run);
  expect(text).toContain("its files (a): read in 3, 5, 7 and others\n");
  expect(text).toContain(
    "checks after it: 2 failed, 3 ended without an error … the last, 41, ended without an error",
  );
});

test("of many candidates, the eight surest in the report's order", () => {
  const candidates = Array.from({ length: 12 }, (_, index) => candidate({ confidence: index * 5 }));
  const numbers = [...secondLook(report({ candidates }), RUN).matchAll(/^Candidate (\d+)/gm)];
  expect(numbers.map(([, number]) => Number(number))).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
});

test("steps that do not exist, and hostile text, do no harm", () => {
  const run = {
    steps: steps(look("ls", `a\n\u001b[2J\u202e${"evil ".repeat(1000)}`, { name: "├── [9] \u001b[31mfake" })),
    stages: oneStage(1),
  };
  const candidates = [candidate({ steps: [1, 70] }), candidate({ steps: [80], stretch: [90, 80] })];
  const text = secondLook(report({ candidates }), run);
  expect(text).not.toMatch(/[\u001b\u202e├]/);
  expect(text.length).toBeLessThan(500);
});

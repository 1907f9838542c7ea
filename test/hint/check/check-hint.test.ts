import { describe, expect, it } from "vitest";
import { checkHint, type ForbiddenText } from "../../../src/hint/check/index.ts";
import type { HintFile } from "../../../src/trajectory/hint.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { look, steps } from "../../support/steps.ts";
import { reportHint, reportRun, reportSteps, traced } from "./traced.ts";

function check(
  hint: HintFile,
  forbidden: readonly Partial<ForbiddenText>[] = [],
  workspace: TracedWorkspace = reportRun(),
) {
  const whole = forbidden.map((one) => ({
    path: "verifier/out.txt",
    kind: "output" as const,
    is_gold: false,
    text: "",
    ...one,
  }));
  return checkHint(hint, workspace, { forbidden: whole });
}

const places = (...given: Parameters<typeof check>): string[] =>
  check(...given).map(({ kind, place, source }) => `${kind} ${place}${source ? ` < ${source.line}` : ""}`);

const fact = (text: string, quote = "Makefile"): HintFile["facts"][number] => ({
  text,
  evidence: [{ step_id: 1, where: "observation", quote }],
});

describe("checkHint", () => {
  it("finds nothing wrong with a hint of quotes", () => {
    expect(check(reportHint())).toEqual([]);
  });

  it("finds quotes that do not stand where they are said to", () => {
    const evidence = [
      { step_id: 2, where: "action", quote: "python3.9 report.py" },
      { step_id: 9, where: "observation", quote: "python3.9 report.py" },
      { step_id: 2, where: "thinking", quote: "python3.9 report.py" },
      { step_id: 2, where: "observation", quote: "python3.9  report.py" },
    ] as const;
    const hint = reportHint({ facts: [{ text: "It is python3.9.", evidence: [...evidence] }] });
    expect(check(hint)).toEqual([
      {
        kind: "not_verbatim",
        place: "facts[0].evidence[0]",
        message: "the quote does not stand in the action of step 2",
      },
      {
        kind: "not_verbatim",
        place: "facts[0].evidence[1]",
        message: "the quote does not stand in the observation of step 9",
      },
      {
        kind: "after_onset",
        place: "facts[0].evidence[1]",
        message:
          "a fact is quoted from step 9, and facts must come from before step 3, where the mistake begins",
      },
      {
        kind: "not_verbatim",
        place: "facts[0].evidence[2]",
        message: "the quote does not stand in the thinking of step 2",
      },
      {
        kind: "not_verbatim",
        place: "facts[0].evidence[3]",
        message: "the quote does not stand in the observation of step 2",
      },
    ]);
  });

  it("finds facts from the onset on, and lets the mistake and dead ends be quoted from there", () => {
    const late = {
      text: "It fails.",
      evidence: [{ step_id: 4, where: "action" as const, quote: "make check" }],
    };
    expect(places(reportHint({ facts: [late], avoid: [late] }))).toEqual([
      "after_onset facts[0].evidence[0]",
    ]);
  });

  it("takes the first sure incorrect label where there is no onset", () => {
    const unsure = reportRun({ onset: null });
    const hint = reportHint({ onset_step_id: 3 }, unsure);
    expect(check(hint, [], unsure)).toEqual([]);
    const none = traced({ steps: reportSteps() });
    expect(places({ ...hint, onset_step_id: null }, [], none)).toEqual([]);
  });

  it("finds a hint that was written from another diagnosis", () => {
    const [problem] = check(reportHint({ onset_step_id: 2 }));
    expect(problem).toEqual({
      kind: "other_onset",
      place: "onset_step_id",
      message:
        "the hint has step 2 as onset, the diagnosis step 3 as onset: it was written from another diagnosis",
    });
  });

  it("finds a text that the points do not come to, and one beyond its budget", () => {
    const hint = reportHint();
    expect(places({ ...hint, text: `${hint.text}\nAlso look into /tests.\n` })).toEqual(["other_text text"]);
    expect(places({ ...hint, token_count: 601 })).toEqual(["over_budget token_count"]);
  });
});

describe("checkHint with forbidden texts", () => {
  const said = "The total must be thirty-four point two five, rounded to cents.";

  it("finds what only the verifier says, however it is wrapped, and names both places", () => {
    const hint = reportHint({
      facts: [fact("the TOTAL must be 'thirty-four' point two\n five rounded to cents")],
    });
    const verifier = `ok\nE  assert: the total must be\nE    thirty-four point two five,   rounded to cents\n`;
    expect(check(hint, [{ text: verifier }])[0]).toEqual({
      kind: "forbidden_text",
      place: "facts[0].text",
      message:
        "40 letters and digits in a row of it: what the verifier holds has the same (verifier/out.txt:2), and nothing that the agent saw before its mistake does",
      source: { path: "verifier/out.txt", line: 2 },
    });
  });

  it("looks into every part of a hint", () => {
    const hint = reportHint({
      mistake: { text: said, recognise: said, evidence: fact("", said).evidence },
      instead: { action: said, check: said },
      avoid: [fact(said)],
    });
    const found = check(hint, [{ text: said }]).filter(({ kind }) => kind === "forbidden_text");
    expect(found.map(({ place }) => place).filter((place) => !place.startsWith("text:"))).toEqual([
      "mistake.text",
      "mistake.evidence[0].quote",
      "mistake.recognise",
      "instead.action",
      "instead.check",
      "avoid[0].text",
    ]);
  });

  it("finds it in the text alone, with its line", () => {
    const hint = reportHint();
    const smuggled = { ...hint, text: `One.\nTwo.\n${said}\n` };
    expect(places(smuggled, [{ text: said }])).toContain("forbidden_text text:3 < 1");
  });

  it("lets through what the agent saw before the onset, wrote at it, or was asked", () => {
    const hint = reportHint({ facts: [fact(said)] });
    const seenIn = [
      reportRun({ task: said }),
      reportRun({ steps: [{ ...only(0), observation: `Makefile\n${said}` }, ...reportSteps().slice(1)] }),
      reportRun({
        steps: reportSteps().map((step) => (step.step_id === 3 ? { ...step, thinking: said } : step)),
      }),
    ];
    for (const run of seenIn) expect(check(hint, [{ text: said }], run)).toEqual([]);
  });

  it("does not let through what the agent saw only at the onset or behind it", () => {
    const hint = reportHint({ facts: [fact(said)] });
    for (const id of [3, 4]) {
      const run = reportRun({
        steps: reportSteps().map((step) => (step.step_id === id ? { ...step, observation: said } : step)),
      });
      expect(places(hint, [{ text: said }], run)).toContain("forbidden_text facts[0].text < 1");
    }
  });

  it("finds the unseen part of a run of which a part was seen", () => {
    const hint = reportHint({ facts: [fact(said)] });
    const run = reportRun({ task: said.slice(0, 30) });
    expect(places(hint, [{ text: said }], run)).toContain("forbidden_text facts[0].text < 1");
  });

  it("lets through a seen quote with a short word around it, and not one with a number", () => {
    const seen = "vim -Nu NONE -n -Es /app/input.csv -S /app/apply_macros.vim";
    const run = reportRun({ task: seen });
    const hint = (text: string): HintFile => reportHint({ facts: [fact(text)] }, run);
    expect(check(hint(`It ran such as \`${seen}\`.`), [{ text: `run as ${seen}` }], run)).toEqual([]);
    for (const end of ["42", "never", "a1"]) {
      const found = places(hint(`It ran \`${seen}\` ${end}.`), [{ text: `${seen} ${end}` }], run);
      expect(found).toContain("forbidden_text facts[0].text < 1");
    }
  });

  it("leaves shorter runs of outputs alone: 39 letters and digits are chance, 40 are not", () => {
    const forty = "abcdefghijklmnopqrstuvwxyz0123456789wxyz";
    const verifier = [{ text: `x ${forty} y` }];
    expect(check(reportHint({ facts: [fact(`It is ${forty.slice(0, 39)} here.`)] }), verifier)).toEqual([]);
    expect(places(reportHint({ facts: [fact(`It is ${forty} here.`)] }), verifier)).toContain(
      "forbidden_text facts[0].text < 1",
    );
  });

  it("finds single lines of code, added lines of a patch alone, and names of tests", () => {
    const hint = reportHint({ facts: [fact("Set `limit = 34.25` and run test_total_is_right.")] });
    const of = (kind: ForbiddenText["kind"], text: string): string[] => places(hint, [{ kind, text }]);
    const found = (line: number): string[] => [
      `forbidden_text facts[0].text < ${line}`,
      `forbidden_text text < ${line}`,
    ];
    expect(of("code", "import os\n    limit  = 34.25\n")).toEqual(found(2));
    expect(of("code", "my_limit = 34.25\n")).toEqual([]);
    expect(of("output", "limit = 34.25\n")).toEqual([]);
    expect(of("patch", "--- a/x\n+++ b/x\n-limit = 34.25\n")).toEqual([]);
    expect(of("patch", "--- a/x\n+++ b/x\n+  limit = 34.25\n")).toEqual(found(3));
    expect(of("names", "tests/a.py::test_other\ntests/a.py::TestTotal::test_total_is_right\n")).toEqual(
      found(2),
    );
    expect(of("names", "total")).toEqual([]);
  });

  it("lets through a line of code that the agent saw", () => {
    const hint = reportHint({ facts: [fact("Set `limit = 34.25`.")] });
    const run = reportRun({ task: "Keep limit = 34.25 as it is." });
    expect(check(hint, [{ kind: "code", text: "limit = 34.25" }], run)).toEqual([]);
  });

  it("compares a hint that may hold the verifier's output with the solution alone", () => {
    const hint = reportHint({ facts: [fact(said)], allows_verifier: true });
    expect(check(hint, [{ text: said }, { kind: "code", text: said }])).toEqual([]);
    expect(check(hint, [{ text: said, is_gold: true, path: "solve.sh" }])[0]?.message).toContain(
      "the solution has the same (solve.sh:1)",
    );
  });

  it("never repeats what it found", () => {
    const hint = reportHint({ facts: [fact(said)] });
    const told = JSON.stringify(check(hint, [{ text: said }]));
    expect(told).not.toContain("thirty");
  });

  it("gets through megabytes that repeat themselves", () => {
    const hint = reportHint({ facts: [fact("0".repeat(400))] }, reportRun());
    const forbidden = [{ text: `${"0".repeat(1 << 20)}\n${"ab ".repeat(1 << 20)}` }];
    expect(places(hint, forbidden)).toContain("forbidden_text facts[0].text < 1");
  });
});

function only(index: number) {
  const step = reportSteps()[index];
  if (step === undefined) throw new Error("no such step");
  return step;
}

describe("an empty run", () => {
  it("has nothing to quote", () => {
    const run = traced({ steps: steps(look("ls", "Makefile")) });
    expect(places(reportHint({ onset_step_id: null }, run), [], run)).toEqual([
      "not_verbatim facts[0].evidence[0]",
      "not_verbatim mistake.evidence[0]",
    ]);
  });
});

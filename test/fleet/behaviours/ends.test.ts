import { describe, expect, it } from "vitest";
import { change, failure, look, type StepSketch, writeFile } from "../../support/steps.ts";
import { judged, looks, seen, tests } from "./judged.ts";

const CODE = writeFile("solve.py", "print(1)");
const RUN_FAILS = failure("python solve.py", "Traceback (most recent call last):\n  x\nValueError: bad", {
  touches: { programs: ["python"] },
});
const CLAIM = "The implementation is now complete and fully working.";
const SUBMIT: StepSketch = { action: "submit", tool: "submit", thinking: "I submit." };

describe("overconfidence", () => {
  it("is a firm claim after the last run failed", () => {
    const flag = judged("overconfidence", [CODE, RUN_FAILS, { ...SUBMIT, thinking: CLAIM }]);
    expect(seen(flag)).toEqual([true, [3]]);
    expect(flag.evidence).toEqual([
      { step_id: 2, where: "observation", quote: "ValueError: bad" },
      { step_id: 3, where: "thinking", quote: CLAIM },
    ]);
  });

  it("is a firm claim about code that was never run", () => {
    const flag = judged("overconfidence", [
      CODE,
      look("cat solve.py", "print(1)"),
      { ...SUBMIT, thinking: CLAIM },
    ]);
    expect(seen(flag)).toEqual([true, [3]]);
    expect(flag.reason).toContain("Nothing was run");
  });

  it.each([
    "Let me verify that the implementation is complete.",
    "The implementation should be complete.",
    "The implementation is not complete.",
    "Is the task complete?",
  ])("is not: %s", (thinking) => {
    expect(judged("overconfidence", [CODE, RUN_FAILS, { ...SUBMIT, thinking }]).present).toBe(false);
  });

  it("is not a claim after a run that went through", () => {
    const passes = look("python solve.py", "1", { touches: { programs: ["python"] } });
    expect(
      judged("overconfidence", [CODE, RUN_FAILS, CODE, passes, { ...SUBMIT, thinking: CLAIM }]).present,
    ).toBe(false);
  });

  it("cannot be judged without thinking, without a change, or where the harness broke the run", () => {
    const run = [CODE, RUN_FAILS, { ...SUBMIT, thinking: CLAIM }];
    const broken = { infrastructure_failure: { reason: "verifier", source: "log" } };
    const mute = [CODE, RUN_FAILS, { action: "submit", tool: "submit" }];
    expect(judged("overconfidence", mute).reason).toBe("No thinking or prose of the agent was recorded.");
    expect(judged("overconfidence", [look("ls", "a", { thinking: CLAIM })]).reason).toBe(
      "The agent changed nothing.",
    );
    expect(judged("overconfidence", run, { outcome: broken }).present).toBeNull();
  });
});

describe("how a run was graded", () => {
  it("changes nothing", () => {
    const run = [CODE, RUN_FAILS, { ...SUBMIT, thinking: CLAIM }];
    for (const behaviour of ["overconfidence", "validation", "incomplete-resolution"]) {
      const [solved, failed] = [true, false].map((resolved) =>
        judged(behaviour, run, { outcome: { resolved } }),
      );
      expect(solved).toEqual(failed);
    }
  });
});

describe("validation", () => {
  it("is a check that passes after the last change", () => {
    const flag = judged("validation", [CODE, tests("=== 14 passed in 0.2s ==="), SUBMIT]);
    expect(seen(flag)).toEqual([true, [2]]);
    expect(flag.evidence.at(-1)?.quote).toBe("=== 14 passed in 0.2s ===");
  });

  it("is not a check before the last change, one that fails, one that ran nothing, or a look", () => {
    const others: StepSketch[][] = [
      [tests("=== 14 passed in 0.2s ==="), CODE, look("cat solve.py", "print(1)")],
      [CODE, tests("1 failed, 13 passed", true), look("cat solve.py", "print(1)")],
      [CODE, tests("ok pkg 0.1s [no tests to run]"), SUBMIT],
      [CODE, look("cat solve.py", "print(1)"), SUBMIT],
      [
        CODE,
        change("pytest -q || true", {
          observation: "14 passed",
          touches: { programs: ["pytest"], tests: ["pytest"] },
        }),
        SUBMIT,
      ],
    ];
    expect(others.map((run) => judged("validation", run).present)).toEqual(others.map(() => false));
  });

  it("cannot be judged where nothing was changed", () => {
    expect(judged("validation", looks(4)).present).toBeNull();
  });
});

describe("failing-tests-ignored", () => {
  it("is ending on failing tests", () => {
    const end = { ...SUBMIT, thinking: "The two failures are unrelated to my change." };
    const flag = judged("failing-tests-ignored", [CODE, tests("2 failed, 40 passed", true), end]);
    expect(seen(flag)).toEqual([true, [2]]);
    expect(flag.evidence.map(({ quote }) => quote)).toEqual(["2 failed, 40 passed", end.thinking, "submit"]);
  });

  it("is not failing tests that pass later, nor a run cut off at them", () => {
    const failing = tests("2 failed, 40 passed", true);
    expect(judged("failing-tests-ignored", [CODE, failing, CODE, tests("42 passed"), SUBMIT]).present).toBe(
      false,
    );
    expect(judged("failing-tests-ignored", [CODE, failing]).present).toBe(false);
  });

  it("cannot be judged where no test was run", () => {
    expect(judged("failing-tests-ignored", [CODE, ...looks(2), SUBMIT]).present).toBeNull();
  });
});

describe("incomplete-resolution", () => {
  const task = "Count the words and write the result to /app/report.json (e.g. {}).";

  it("is a file that the task asks for and no action names", () => {
    expect(seen(judged("incomplete-resolution", [CODE, ...looks(2)], { task }))).toEqual([true, [3]]);
    const made = writeFile("/app/report.json", "{}");
    expect(judged("incomplete-resolution", [CODE, made, ...looks(2)], { task }).present).toBe(false);
    const passive = "Mend solve.py. The tests will output a /app/results.json file.";
    expect(judged("incomplete-resolution", [CODE, ...looks(2)], { task: passive }).present).toBe(false);
  });

  it("is a limit, a failure at the end, or a word of the agent", () => {
    const limit = { outcome: { exit_status: "LimitsExceeded" } };
    const admits = { ...SUBMIT, thinking: "The build is still running, but I submit." };
    expect(judged("incomplete-resolution", [CODE, ...looks(3)], limit).reason).toContain("limit");
    expect(seen(judged("incomplete-resolution", [CODE, CODE, RUN_FAILS]))).toEqual([true, [3]]);
    expect(seen(judged("incomplete-resolution", [CODE, ...looks(2), admits]))).toEqual([true, [4]]);
    expect(judged("incomplete-resolution", [CODE, ...looks(2), SUBMIT]).present).toBe(false);
  });

  it("is not a command that the user refused", () => {
    const refused = failure("git push", "exec command rejected by user");
    expect(judged("incomplete-resolution", [CODE, ...looks(2), refused]).present).toBe(false);
  });

  it("cannot be judged without the task", () => {
    expect(judged("incomplete-resolution", [CODE, ...looks(3)], { task: null }).present).toBeNull();
  });
});

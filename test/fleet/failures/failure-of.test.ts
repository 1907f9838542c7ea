import { describe, expect, it } from "vitest";
import { failureOf } from "../../../src/fleet/failures/index.ts";
import { stands } from "../../../src/trace/evidence.ts";
import type { Outcome } from "../../../src/trajectory/index.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { change, failure, look, type StepSketch, steps, writeFile } from "../../support/steps.ts";

const failed = { resolved: false, source: "result.json: reward" } as const;

function stageIn(sketches: readonly StepSketch[], outcome: Partial<Outcome> = failed) {
  const list = steps(...sketches);
  const found = failureOf(madeWorkspace("run", list, { outcome }));
  for (const evidence of found?.evidence ?? [])
    expect(stands(evidence, list), JSON.stringify(evidence)).toBe(true);
  return found;
}

const checked = look("python3 solve.py", "42", { touches: { programs: ["python3"] } });

describe("failureOf", () => {
  it.each<[string, Partial<Outcome>]>([
    ["solved", { resolved: true }],
    ["not known to have failed", {}],
    [
      "broken by its harness",
      { ...failed, infrastructure_failure: { reason: "no container", source: "log" } },
    ],
  ])("says nothing of a run that is %s", (_, outcome) => {
    expect(stageIn([failure("make", "make: *** No rule")], outcome)).toBeNull();
  });

  it("says that a run without steps cannot be told", () => {
    expect(stageIn([])).toEqual({
      stage: "unknown",
      reason: "the run has no steps to tell a stage by",
      summary: "Task: mend the parser\nNo steps: made without steps",
      evidence: [],
    });
  });

  it("finds nothing in a run that only looked around", () => {
    expect(stageIn([look("ls", "a.txt"), look("cat a.txt", "hello")])).toMatchObject({
      stage: "unknown",
      evidence: [],
    });
  });

  const missing = (program: string) =>
    failure(`${program} build.sbt`, `/bin/bash: line 1: ${program}: command not found`, {
      touches: { programs: [program] },
    });
  it.each<[string, string, StepSketch[]]>([
    [
      "environment",
      "missing program in 3 steps",
      [look("ls", "build.sbt"), missing("sbt"), missing("scala"), missing("sbt"), checked],
    ],
    [
      "dependency",
      "missing module in 3 steps",
      [
        failure(
          "python3 a.py",
          "Traceback (most recent call last):\nModuleNotFoundError: No module named 'chess'",
        ),
        failure("pip install chess", "ERROR: No matching distribution found for chess"),
        failure("python3 b.py", "ModuleNotFoundError: No module named 'chess'"),
        failure("python3 c.py", "ModuleNotFoundError: No module named 'chess'"),
      ],
    ],
    [
      "localisation",
      "path that is not there in 4 steps",
      ["a", "b", "c", "d"].map((name) =>
        failure(`cat /srv/${name}.conf`, `cat: /srv/${name}.conf: No such file or directory`, {
          kind: "explore",
        }),
      ),
    ],
    [
      "verification",
      "the run ends with an edit that nothing ran or tested",
      [look("cat a.py", "x = 1"), writeFile("a.py", "x = 2")],
    ],
    [
      "verification",
      "the last check of the last edit failed and the run ended there",
      [
        writeFile("a.py", "x = 2"),
        failure("python3 a.py", "wrong answer", { kind: "explore", touches: { programs: ["python3"] } }),
      ],
    ],
    [
      "hypothesis",
      "its own last check raised no alarm (1 check after the last edit)",
      [writeFile("solve.py", "print(42)"), checked],
    ],
    [
      "looping",
      "6 steps of 8 repeat an earlier action to no new effect",
      [
        look("ls", "a"),
        ...Array.from({ length: 7 }, (_, at) => look("cat a", "text", at === 0 ? {} : { repeat_of: 2 })),
      ],
    ],
  ])("tells %s: %s", (stage, reason, sketches) => {
    const found = stageIn(sketches);
    expect(found?.stage).toBe(stage);
    expect(found?.reason).toContain(reason);
    expect(found?.evidence.length).toBeGreaterThan(0);
  });

  it("does not take testing again after each edit for a loop", () => {
    const rounds = Array.from({ length: 6 }, (_, at) => [
      change(`sed -i s/${at}/x/ a.py`, { touches: { programs: ["sed"], writes: ["a.py"] } }),
      look("pytest", `${at} passed`, {
        touches: { programs: ["pytest"], tests: ["pytest"] },
        ...(at === 0 ? {} : { repeat_of: 2 }),
      }),
    ]).flat();
    expect(stageIn(rounds)?.stage).toBe("hypothesis");
  });

  it("does not take the errors in a file that is shown for the run's", () => {
    const shown = look("cat old.log", "bash: sbt: command not found\nNo module named x", {
      touches: { programs: ["cat"] },
    });
    expect(stageIn([shown])?.summary).toBe("Task: mend the parser");
  });

  it("sums a run up in its own words without what is special to it", () => {
    const found = stageIn([
      failure(
        "/opt/x/run --fast",
        "2024-01-02 03:04:05 /opt/x/run: connect to https://a.b/c failed: Connection refused (0xdeadbeef)",
      ),
      writeFile("/app/answer.json", "{}"),
    ]);
    expect(found?.summary).toContain(
      "Errors: no network or refused by a server: # PATH: connect to URL failed: Connection refused (#)",
    );
    expect(found?.summary).not.toMatch(/opt|2024|deadbeef|answer/);
  });

  it("keeps the summary short however long the texts are", () => {
    const long = failure("make", `error: ${"very long ".repeat(50_000)}`);
    const found = failureOf(
      madeWorkspace("run", steps(...Array.from({ length: 50 }, () => long)), {
        task: "t".repeat(1e6),
        outcome: failed,
      }),
    );
    expect(found?.summary.length).toBeLessThanOrEqual(2000);
    expect(found?.summary).toContain("Task: ttt");
  });
});

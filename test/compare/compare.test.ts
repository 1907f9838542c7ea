import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignSteps } from "../../src/compare/align.ts";
import { compareRuns } from "../../src/compare/index.ts";
import { madeWorkspace } from "../support/made-workspace.ts";
import { change, failure, look, steps, writeFile } from "../support/steps.ts";

const LIST = look("ls /app", "parser.py tests");
const READ = look("cat parser.py", "def parse(): ...", { touches: { reads: ["parser.py"] } });
const DOCS = look("cat docs.md", "tabs are allowed", { touches: { reads: ["docs.md"] } });
const TEST = look("pytest -q", "1 failed", { failed: true, touches: { tests: ["pytest"] } });

describe("alignSteps", () => {
  it("pairs the same actions and leaves the rest to one run", () => {
    const rows = alignSteps(steps(LIST, READ, TEST), steps(LIST, DOCS, TEST));
    expect(rows.map((row) => [row.relation, row.a_step_id, row.b_step_id])).toEqual([
      ["same", 1, 1],
      ["only_a", 2, null],
      ["only_b", null, 2],
      ["same", 3, 3],
    ]);
  });

  it("calls edits of one file with other words alike, and never a look like a change", () => {
    const rows = alignSteps(
      steps(writeFile("parser.py", "return parse_line(text, strict)")),
      steps(writeFile("parser.py", "return parse_line(text, loose)")),
    );
    expect(rows).toEqual([{ relation: "alike", a_step_id: 1, b_step_id: 1 }]);
    expect(alignSteps(steps(look("make", "ok")), steps(change("make"))).map((row) => row.relation)).toEqual([
      "only_a",
      "only_b",
    ]);
  });

  it("holds every step of both runs once, in order, whatever they did", () => {
    const action = fc.constantFrom("ls", "cat a", "make", "make test", "git diff");
    fc.assert(
      fc.property(fc.array(action, { maxLength: 20 }), fc.array(action, { maxLength: 20 }), (a, b) => {
        const made = [a, b].map((actions) => steps(...actions.map((one) => look(one, null))));
        const rows = alignSteps(made[0] ?? [], made[1] ?? []);
        expect(rows.flatMap((row) => row.a_step_id ?? [])).toEqual(a.map((_, index) => index + 1));
        expect(rows.flatMap((row) => row.b_step_id ?? [])).toEqual(b.map((_, index) => index + 1));
      }),
    );
  });

  it("finds a run the same as itself", () => {
    const run = steps(LIST, READ, LIST, READ, TEST);
    expect(
      alignSteps(run, run).every((row) => row.relation === "same" && row.a_step_id === row.b_step_id),
    ).toBe(true);
  });
});

describe("compareRuns", () => {
  it("names the first change that the runs do not share, and what either knew before it", () => {
    const a = madeWorkspace("a", steps(LIST, READ, writeFile("parser.py", "tabs = False"), TEST), {
      outcome: { resolved: false, source: "made" },
    });
    const b = madeWorkspace(
      "b",
      steps(
        LIST,
        READ,
        DOCS,
        failure("patch -p1 < fix", "error: patch does not apply"),
        writeFile("tabs.py", "x"),
      ),
      { outcome: { resolved: true, source: "made" } },
    );
    const comparison = compareRuns(a, b);
    expect(comparison.divergence).toEqual({
      last_same: { a_step_id: 2, b_step_id: 2 },
      a: { step_id: 3, knew: { read: [], tests: [], failures: [] } },
      b: { step_id: 4, knew: { read: ["docs.md"], tests: [], failures: [] } },
    });
    expect(comparison.first_difference).toEqual({ relation: "only_a", a_step_id: 3, b_step_id: null });
    expect(comparison.end_a).toMatchObject({ changed_alone: ["parser.py"], last_change_step_id: 3 });
    expect(comparison.end_b).toMatchObject({ changed_alone: ["tabs.py"], last_change_step_id: 5 });
    expect(comparison.changed_by_both).toEqual([]);
    expect(comparison.task_similarity).toBe(1);
  });

  it("says what failed before the parting, with the line that says so", () => {
    const broken = failure("make", "cc -c a.c\na.c:1: error: no such type\nmake: stopped");
    const a = madeWorkspace("a", steps(broken, change("vi a.c")));
    const b = madeWorkspace("b", steps(broken, change("rm -rf build")));
    expect(compareRuns(a, b).divergence?.a.knew.failures).toEqual([
      {
        step_id: 1,
        name: "make",
        evidence: { step_id: 1, where: "observation", quote: "a.c:1: error: no such type" },
      },
    ]);
  });

  it("finds no divergence where only the exploration differs", () => {
    const write = writeFile("parser.py", "x");
    const comparison = compareRuns(
      madeWorkspace("a", steps(READ, write)),
      madeWorkspace("b", steps(DOCS, write)),
    );
    expect(comparison.divergence).toBeNull();
    expect(comparison.first_difference).not.toBeNull();
  });

  it("compares runs without steps and tasks that are not recorded", () => {
    const comparison = compareRuns(
      madeWorkspace("a", [], { task: null }),
      madeWorkspace("b", steps(change("make"))),
    );
    expect(comparison).toMatchObject({ task_similarity: null, same_share: 0 });
    expect(comparison.divergence).toMatchObject({ last_same: null, a: { step_id: null }, b: { step_id: 1 } });
  });
});

import { describe, expect, it } from "vitest";
import { collectForbidden, collectGold, forbiddenNames } from "../../../src/hint/check/index.ts";
import { openRun } from "../../../src/run/open.ts";
import { tempRun } from "../../support/temp-run.ts";
import { traced } from "./traced.ts";

const PATCH = "--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n";

async function found(files: Readonly<Record<string, string | Buffer>>, collect = collectForbidden) {
  const opened = await openRun(tempRun(files));
  const { forbidden, warnings } = collect(opened.files);
  return {
    warnings,
    forbidden: forbidden.map(({ path, kind, is_gold, text }) => `${path} ${kind} ${is_gold} ${text}`),
  };
}

describe("collectForbidden", () => {
  it("knows the files of verifiers and solutions by their names, and no others", async () => {
    expect(
      await found({
        "agent/trajectory.json": "{}",
        "agent/patch.diff": PATCH,
        "trial/verifier/reward.txt": "0",
        "trial/verifier/deep/log.bin": "x",
        "panes/post-test.txt": "failed",
        "sessions/tests.log": "log",
        "sessions/agent.log": "log",
        "results.json": "{}",
        "report.json": '{"tests_status":{"FAIL_TO_PASS":{"success":["a::b"],"failure":["c"]}}}',
        "output.swebench_eval.md": "m",
        "gpt.run_eval.json": "{}",
        "tests/test_a.py": "a",
        "task/solution/solve.sh": "s",
        "solution.sh": "s",
        "gold.patch": PATCH,
        "eval.sh": "e",
      }),
    ).toEqual({
      warnings: [],
      forbidden: [
        "task/solution/solve.sh code true s",
        "solution.sh code true s",
        `gold.patch patch true ${PATCH}`,
        "eval.sh code false e",
        "trial/verifier/deep/log.bin output false x",
        "trial/verifier/reward.txt output false 0",
        "panes/post-test.txt output false failed",
        'report.json output false {"tests_status":{"FAIL_TO_PASS":{"success":["a::b"],"failure":["c"]}}}',
        "results.json output false {}",
        "gpt.run_eval.json output false {}",
        "output.swebench_eval.md output false m",
        "sessions/tests.log output false log",
        "tests/test_a.py code false a",
        "report.json (FAIL_TO_PASS) names false a::b\nc",
      ],
    });
  });

  it("knows the keys of benchmark records, in JSON and in JSON Lines, and a patch only beside them", async () => {
    const record = {
      patch: PATCH,
      test_patch: `${PATCH}+c\n`,
      FAIL_TO_PASS: '["t::test_a"]',
      PASS_TO_PASS: ["b"],
    };
    const { forbidden } = await found({
      "output.jsonl": `{"x":1}\nbroken\n${JSON.stringify({ instance: record })}\n`,
      "run.json": JSON.stringify({ patch: "the agent's own", info: [{ model_patch: "own" }] }),
    });
    expect(forbidden).toEqual([
      `output.jsonl (test_patch) patch false ${record.test_patch}`,
      "output.jsonl (FAIL_TO_PASS) names false t::test_a",
      "output.jsonl (PASS_TO_PASS) names false b",
      `output.jsonl (patch) patch true ${PATCH}`,
    ]);
  });

  it("leaves out what is no text", async () => {
    expect(await found({ "verifier/image.png": Buffer.from([137, 80, 0, 0]) })).toEqual({
      warnings: [],
      forbidden: [],
    });
  });
});

describe("collectGold", () => {
  it("takes everything as solution: diffs, records and code", async () => {
    const record = JSON.stringify({ test_patch: PATCH });
    expect(await found({ "a.txt": PATCH, "b.py": "x = 1", "c.jsonl": record }, collectGold)).toEqual({
      warnings: [],
      forbidden: [
        `a.txt patch true ${PATCH}`,
        "b.py code true x = 1",
        `c.jsonl (test_patch) patch true ${PATCH}`,
      ],
    });
  });
});

describe("forbiddenNames", () => {
  it("are those of the verifier's tests", () => {
    expect(forbiddenNames(traced({ tests: ["a::b", "c"] }))).toEqual([
      { path: "extraction.json (outcome.tests)", kind: "names", is_gold: false, text: "a::b\nc" },
    ]);
    expect(forbiddenNames(traced({}))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { compareStep, compareTexts, matters } from "../../../src/replay/execute/compare.ts";
import { recordedText, tidy } from "../../../src/replay/execute/observed-text.ts";
import { planReplay } from "../../../src/replay/plan/index.ts";
import { called, ran, recording, type Said, typed } from "../plan/recording.ts";

function observed(said: Said) {
  const run = recording([
    { ...said, action: said.action ?? `${said.tool} ${JSON.stringify(said.arguments)}` },
  ]);
  const [step] = run.steps;
  const [planned] = planReplay(run, 1).steps;
  if (step === undefined || planned === undefined) throw new Error("the step changes nothing");
  return { step, planned };
}

function textOf(said: Said): unknown {
  const { step, planned } = observed(said);
  return recordedText(step, planned);
}

function compared(said: Said, output: string, exitCode: number | null = 0) {
  const { step, planned } = observed(said);
  const end = { output, elided_chars: 0, exit_code: exitCode };
  const comparison = compareStep(step, planned, end, (text) => text);
  return { comparison, matters: matters(comparison, planned) };
}

describe("the output within an observation", () => {
  const touch = (observation: string | null): Said => ({ action: "touch a; make", observation });
  it.each<[string, Said, unknown]>([
    ["tags around it", ran("touch a", 0, "x\ny\n"), { text: "x\ny", has_gap: false }],
    [
      "a head and a tail",
      touch(
        "<returncode>0</returncode>\n<warning>\ntoo long\n</warning><output_head>\na\n</output_head>\n<elided_chars>\n9\n</elided_chars>\n<output_tail>\nz\n</output_tail>",
      ),
      { text: "a\n\u0000z", has_gap: true },
    ],
    [
      "a header",
      touch(
        "Chunk ID: 1\nWall time: 0.1 seconds\nProcess exited with code 0\nOriginal token count: 1\nOutput:\nx\n",
      ),
      { text: "x", has_gap: false },
    ],
    ["an exit code in front", touch("Exit code 2\nx"), { text: "x", has_gap: false }],
    [
      "notes behind it",
      touch(
        "x\n[The command completed with exit code 0.]\n[Current working directory: /app]\n[Command finished with exit code 0]",
      ),
      { text: "x", has_gap: false },
    ],
    ["a prompt behind it", touch("x\r\nroot@box:/workspace # "), { text: "x", has_gap: false }],
    ["a cut", touch("a\n[... 20 lines truncated ...]\nz"), { text: "a\u0000z", has_gap: true }],
    ["colours", touch("\u001b[31mx\u001b[0m  \n"), { text: "x", has_gap: false }],
    [
      "a screen",
      typed(
        "touch a\nls\n",
        "New Terminal Output:\n\nroot@box:/app# touch a\nroot@box:/app# ls\na  b\nroot@box:/app# ",
      ),
      { text: "a  b", has_gap: false },
    ],
    [
      "a screen without the keys",
      typed("touch a\n", "b\n$ "),
      { reason: "the screen does not show the keys before their output" },
    ],
    ["nothing", touch(null), { reason: "what came back was not recorded" }],
    [
      "a tool's own words",
      called("Write", { file_path: "a", content: "" }),
      { reason: "a file tool answers in its own words; the change was made" },
    ],
  ])("is found with %s", (_, said, expected) => {
    expect(textOf(said)).toEqual(expected);
  });
});

describe("two outputs", () => {
  const states = (recorded: string, replayed: string, isScreen = false) =>
    compareTexts(
      { text: tidy(recorded), has_gap: recorded.includes("\u0000") },
      { text: tidy(replayed), has_gap: false },
      isScreen,
    );

  it.each<[string, string, string]>([
    ["times", "built 2025-11-18 23:46:01 in a", "built 2026-01-02 03:04:05 in a"],
    ["times", "-rw-r--r-- 1 root Nov 18 23:46 a", "-rw-r--r-- 1 root Jan  2 03:04 a"],
    ["durations and rates", "3 passed in 0.12s", "3 passed in 14.3s"],
    ["process numbers", "[1] 4711\nok", "[1] 12\nok"],
    ["addresses", "<object at 0x7f3a2b10>", "<object at 0x7fbb00e0>"],
    ["temporary paths", "wrote /tmp/tmpab12cd/x", "wrote /tmp/tmpzz98yy/x"],
    ["commit ids and digests", "[main 3f2a1bc] first", "[main 99e8d7c] first"],
    ["shell's own prefix", "/bin/sh: 1: x: not found", "bash: line 3: x: not found"],
    ["kind of quotes", "find: ‘x’", "find: 'x'"],
    ["order of lines", "b\na", "a\nb"],
  ])("are the same but for %s", (rule, recorded, replayed) => {
    expect(states(recorded, replayed)).toEqual({ state: "same_normalised", rules: [rule] });
  });

  it("are the same where lines are broken by a screen", () => {
    expect(states("a long li\nne", "a long line", true)).toEqual({
      state: "same_normalised",
      rules: ["line breaks of the screen"],
    });
    expect(states("a long li\nne", "a long line").state).toBe("different");
  });

  it.each([
    ["5 errors", "6 errors", 1, "5 errors", "6 errors"],
    ["a\nb", "a\nc", 2, "b", "c"],
    ["a", "a\nb", 2, null, "b"],
    ["a", "", 1, "a", null],
    ["at 10:00:00 one", "at 11:00:00 two", 1, "at 10:00:00 one", "at 11:00:00 two"],
    ["version 1.2", "version 1.3", 1, "version 1.2", "version 1.3"],
  ])("%j and %j differ", (recorded, replayed, line, first, second) => {
    expect(states(recorded, replayed)).toEqual({
      state: "different",
      line,
      recorded: first,
      replayed: second,
    });
  });

  it("agree around what the recording left out, and only there", () => {
    const gapped = { text: "a\n\u0000z", has_gap: true };
    const whole = (text: string) => compareTexts(gapped, { text, has_gap: false }, false).state;
    expect([whole("a\nb\nz"), whole("a\nb\ny"), whole("a")]).toEqual([
      "same_normalised",
      "different",
      "different",
    ]);
  });
});

describe("a step that was done again", () => {
  it.each<[string, Said, string, number | null, string, boolean]>([
    ["as recorded", ran("touch a", 0, "x\n"), "x\n", 0, "same", false],
    ["another exit code", ran("touch a", 1, "x\n"), "x\n", 0, "exit_code", true],
    ["killed", ran("touch a", 0), "", null, "exit_code", true],
    ["another output", ran("touch a", 0, "x\n"), "y\n", 0, "different", true],
    [
      "another output where one is to be expected",
      ran("date > a; cat a", 0, "x\n"),
      "y\n",
      0,
      "different",
      false,
    ],
    ["a failure where none is told of", typed("touch a\n", null), "no", 1, "exit_code", true],
    ["an output that the recording lacks", typed("touch a\n", null), "x", 0, "not_compared", false],
    ["an edit", called("Write", { file_path: "a", content: "" }), "", 0, "not_compared", false],
    ["an edit that fails", called("Write", { file_path: "a", content: "" }), "", 1, "exit_code", true],
  ])("gives %s", (_, said, output, exitCode, state, isStop) => {
    const { comparison, matters: stops } = compared(said, output, exitCode);
    expect([comparison.state, stops]).toEqual([state, isStop]);
  });
});

import { describe, expect, it } from "vitest";
import { errorKind } from "../../../src/fleet/failures/text/error-kinds.ts";
import { errorLines } from "../../../src/fleet/failures/text/error-lines.ts";
import { normalLine } from "../../../src/fleet/failures/text/normal-line.ts";
import { clausesOf, readSummary, summaryWithoutTask } from "../../../src/fleet/failures/text/summary.ts";
import { termsOf, wordsOf } from "../../../src/fleet/failures/text/terms.ts";
import { failure, look, type StepSketch, steps } from "../../support/steps.ts";

describe("normalLine", () => {
  it.each([
    ["/app/x/y.py:12: error", "PATH:#: error"],
    ["\u001b[31mE: cannot stat 'a/b/c.txt'\u001b[0m", "E: cannot stat 'PATH'"],
    ["main.c:12:3: warning", "FILE:#: warning"],
    ["object 9f86d081884c7d65 at 0x7f3a not found", "object # at # not found"],
    ["id 123e4567-e89b-12d3-a456-426614174000 gone", "id # gone"],
    ["GET http://h:80/p?q=1 returned 503", "GET URL returned #"],
    ["and/or either", "and/or either"],
    ["deadbeef facade", "deadbeef facade"],
    ["C:\\Users\\me\\x.log missing", "PATH missing"],
  ])("%j becomes %j", (line, normal) => {
    expect(normalLine(line)).toBe(normal);
  });

  it("makes failures that differ in place and number alike", () => {
    expect(normalLine("/bin/sh: 12: /tmp/a1: not found")).toBe(normalLine("/bin/sh: 7: /srv/b/c: not found"));
  });

  it("takes no time over a line of megabytes", () => {
    expect(normalLine("/a".repeat(2_000_000)).length).toBeLessThanOrEqual(160);
  });
});

describe("errorKind", () => {
  it.each([
    ["ModuleNotFoundError: No module named 'x'", "missing module"],
    ["E: Unable to locate package foo", "missing package"],
    ["a.c:1:10: fatal error: zlib.h: No such file or directory", "missing library or header"],
    ["ImportError: cannot import name 'escape' from 'jinja2'", "version conflict"],
    ["bash: sbt: command not found", "missing program"],
    ["mkdir: cannot create directory 'x': Permission denied", "missing rights"],
    ["curl: (6) Could not resolve host: x.org", "no network or refused by a server"],
    ["<tool_use_error>File has not been read yet.</tool_use_error>", "refused tool call"],
    ["cat: x: No such file or directory", "path that is not there"],
    ["No replacement was performed, old_str `x` did not appear verbatim", "text to edit not found"],
    ["FAILED tests/test_a.py::test_b - assert 1 == 2", "failing test"],
    ["SyntaxError: invalid syntax", "syntax error"],
    ["error[E0382]: use of moved value", "compile error"],
    ["ValueError: too many values", "exception in what it ran"],
    ["CONFLICT (content): Merge conflict in a", "merge conflict"],
    ["something failed", "other error"],
    ["all good", undefined],
  ])("%j is %s", (line, words) => {
    expect(errorKind(line)?.words).toBe(words);
  });
});

describe("errorLines", () => {
  const linesOf = (sketch: StepSketch) => steps(sketch).flatMap(errorLines);

  it("reads the last errors of a failed step, each wording once, with verbatim quotes", () => {
    const output = "start\nTraceback (most recent call last):\nKeyError: 'a/b.py'\nKeyError: 'c/d.py'\ndone";
    expect(linesOf(failure("python3 x.py", output))).toMatchObject([
      { step_id: 1, quote: "KeyError: 'c/d.py'", normal: "KeyError: 'PATH'" },
    ]);
  });

  it("reads only what can mean nothing else in a step that did not fail", () => {
    const output = "1 error handled\nbash: sbt: command not found\nValueError seen before";
    expect(linesOf(look("bash go.sh", output)).map(({ quote }) => quote)).toEqual([
      "bash: sbt: command not found",
    ]);
  });

  it("gives the last line of a failed step that names no error, and nothing for a silent one", () => {
    expect(linesOf(failure("x", "odd\n</output>\n"))).toMatchObject([
      { quote: "odd", kind: { stage: null } },
    ]);
    expect(linesOf(failure("x", ""))).toEqual([]);
  });
});

describe("the reading of summaries", () => {
  const summary =
    "Task: build the numpy wheel\nWent wrong: write FILE\nErrors: missing module: No module named 'numpy' | failed: gone\nSigns: missing module in # steps, at the onset | a check that cannot fail (# steps)";

  it("leaves the task out", () => {
    expect(readSummary(summary)).toEqual({
      errors: ["missing module: No module named 'numpy'", "failed: gone"],
      words: "write FILE\nmissing module in # steps, at the onset | a check that cannot fail (# steps)",
    });
    expect(summaryWithoutTask(summary)).not.toContain("wheel");
    expect(summaryWithoutTask("Task: only this")).not.toBe("");
  });

  it("finds its clauses without counts and places", () => {
    expect(clausesOf(summary)).toEqual(["missing module", "a check that cannot fail"]);
  });

  it("counts words, and pairs of neighbours in error lines", () => {
    const terms = termsOf(summary);
    expect(terms.get("missing module")).toBe(1);
    expect(terms.get("module")).toBe(3);
    expect(terms.has("check fail")).toBe(false);
    expect(terms.has("wheel")).toBe(false);
  });

  it("keeps words only, in one number", () => {
    expect(wordsOf("The tests FAILED at 12, libraries: os.path EACCES x")).toEqual([
      "test",
      "failed",
      "library",
      "os.path",
      "eacces",
    ]);
  });
});

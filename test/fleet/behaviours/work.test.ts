import { describe, expect, it } from "vitest";
import { change, failure, look, type StepSketch, writeFile } from "../../support/steps.ts";
import { judged, looks, seen, tests } from "./judged.ts";

const python = { touches: { programs: ["python"] } };
const FAULT = failure("python solve.py", "Traceback (most recent call last):\n  x\nIndexError: 3", python);
const WORKS = look("python solve.py", "42", python);

describe("self-correction", () => {
  const first = writeFile("solve.py", "a[3]");
  const second = writeFile("solve.py", "a[2]");

  it("is a fault in its own work, mended, and the run goes through", () => {
    const flag = judged("self-correction", [first, FAULT, second, WORKS]);
    expect(seen(flag)).toEqual([true, [3, 4]]);
    expect(flag.evidence[0]).toEqual({ step_id: 2, where: "observation", quote: "IndexError: 3" });
  });

  it("is not mending what still fails, what was there before, or what only runs in the background", () => {
    const background = { ...WORKS, observation: "Command running in background with ID: 7" };
    expect(judged("self-correction", [first, FAULT, second, FAULT]).present).toBe(false);
    expect(judged("self-correction", [FAULT, second, WORKS]).present).toBe(false);
    expect(judged("self-correction", [first, FAULT, second, background]).present).toBe(false);
    expect(
      judged("self-correction", [first, FAULT, second, { ...WORKS, observation: "Match: False" }]).present,
    ).toBe(false);
  });
});

describe("planning", () => {
  const items = ["Reproduce the crash", "Find the offset", "Mend it"];
  const list: StepSketch = {
    action: "TodoWrite {}",
    tool: "TodoWrite",
    arguments: { todos: items.map((content) => ({ content, status: "pending" })) },
    observation: "ok",
  };
  const said = (lead: string): StepSketch =>
    look("ls", "a", { thinking: `${lead}\n${items.map((item, at) => `${at + 1}. ${item}`).join("\n")}\n` });

  it("is three steps laid out before the work, with a tool or in words", () => {
    expect(seen(judged("planning", [list, ...looks(4)]))).toEqual([true, [1]]);
    expect(seen(judged("planning", [said("I will do this:"), ...looks(4)]))).toEqual([true, [1]]);
  });

  it("is not two items, nor the task told again, nor a list after the work", () => {
    const two = { ...list, arguments: { todos: items.slice(0, 2).map((content) => ({ content })) } };
    expect(judged("planning", [two, ...looks(4)]).present).toBe(false);
    expect(judged("planning", [said("I start. The user wants me to:"), ...looks(4)]).present).toBe(false);
    expect(judged("planning", [change("touch a"), ...looks(6)]).present).toBeNull();
    expect(judged("planning", [change("touch a", { thinking: "Go." }), ...looks(6), list]).present).toBe(
      false,
    );
  });
});

describe("uncertain-fix", () => {
  const guess = writeFile("answer.py", "x = 'latin-1'", {
    thinking: "I am not sure which encoding it is. I will guess latin-1.",
  });

  it("is a change on a guess that nothing checks", () => {
    const flag = judged("uncertain-fix", [guess, ...looks(2)]);
    expect(seen(flag)).toEqual([true, [1]]);
    expect(flag.evidence[0]?.quote).toBe("I will guess latin-1.");
  });

  it("is not a guess that is run and holds, or replaced", () => {
    const run = look("python answer.py", "ok", python);
    expect(judged("uncertain-fix", [guess, run]).present).toBe(false);
    expect(
      judged("uncertain-fix", [
        guess,
        writeFile("answer.py", "x = 'utf-8'", { thinking: "The header says so." }),
      ]).present,
    ).toBe(false);
  });
});

describe("irrelevant-edit", () => {
  const summary = writeFile("/app/IMPLEMENTATION_SUMMARY.md", "# Done");

  it("is a text that nobody asked for and nobody reads", () => {
    expect(seen(judged("irrelevant-edit", [...looks(1), summary]))).toEqual([true, [2]]);
  });

  it("is not a text that the task asks for, that is read again, or that was there before", () => {
    const read = look("cat IMPLEMENTATION_SUMMARY.md", "# Done");
    expect(judged("irrelevant-edit", [summary], { task: "Mend it and write documentation." }).present).toBe(
      false,
    );
    expect(judged("irrelevant-edit", [summary, read]).present).toBe(false);
    expect(judged("irrelevant-edit", [read, summary]).present).toBe(false);
    expect(judged("irrelevant-edit", [summary], { task: null }).present).toBeNull();
  });
});

describe("inconsistent-flow", () => {
  const version = (text: string): StepSketch => writeFile("solver.py", text);

  it("is throwing work away unused, twice", () => {
    const flag = judged("inconsistent-flow", [version("one"), version("two"), version("three"), ...looks(3)]);
    expect(seen(flag)).toEqual([true, [1, 2]]);
  });

  it("is taking an edit back without a reason", () => {
    const edit = (from: string, to: string): StepSketch =>
      change("Edit", {
        tool: "Edit",
        arguments: { file_path: "a.py", old_string: from, new_string: to },
        touches: { writes: ["a.py"] },
      });
    expect(seen(judged("inconsistent-flow", [...looks(3), edit("x", "y"), edit("y", "x")]))).toEqual([
      true,
      [5],
    ]);
    expect(
      judged("inconsistent-flow", [...looks(3), edit("x", "y"), tests("1 failed", true), edit("y", "x")])
        .present,
    ).toBe(false);
  });

  it("is ticking off what has just failed twice", () => {
    const list = (status: string): StepSketch => ({
      action: `TodoWrite ${status}`,
      tool: "TodoWrite",
      arguments: { todos: [{ content: "run it", status }] },
      observation: "ok",
    });
    const flag = judged("inconsistent-flow", [
      change("touch a"),
      list("pending"),
      FAULT,
      FAULT,
      list("completed"),
    ]);
    expect(seen(flag)).toEqual([true, [5]]);
  });

  it("is not writing anew after a try", () => {
    expect(
      judged(
        "inconsistent-flow",
        [version("one"), FAULT, version("two"), FAULT, version("three")].map((step) => ({
          ...step,
          action: step.action.replace("solve.py", "solver.py"),
        })),
      ).present,
    ).toBe(false);
  });
});

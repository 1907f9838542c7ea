import { describe, expect, it } from "vitest";
import type { Key } from "../../src/walk/keys.ts";
import { madeBook } from "./made-run.ts";
import { linesOf, stateAfter } from "./seen.ts";

const SIZE = { columns: 80, rows: 24 };
const book = madeBook();
const stepAfter = (...keys: readonly Key[]): number => stateAfter(book, SIZE, keys).step_id;
const messageAfter = (...keys: readonly Key[]): string | null => stateAfter(book, SIZE, keys).message;
const bodyAfter = (...keys: readonly Key[]): string[] =>
  linesOf(book, stateAfter(book, SIZE, keys), SIZE).slice(4, -1);

describe("keys move", () => {
  it.each<[readonly Key[], number]>([
    [["right"], 2],
    [["enter", "enter"], 3],
    [["right", "left"], 1],
    [["left"], 1],
    [["G"], 7],
    [["end", "right"], 7],
    [["G", "g"], 1],
    [["5", "enter"], 5],
    [["5", "g"], 5],
    [["5", "escape"], 1],
    [["1", "2", "backspace", "x", "enter"], 1],
    [["o"], 3],
    [["l"], 3],
    [["l", "l"], 4],
    [["l", "l", "l"], 4],
    [["G", "L"], 4],
    [["f"], 2],
    [["f", "f"], 2],
    [["G", "F"], 2],
    [["s"], 3],
    [["s", "s"], 5],
    [["s", "right", "S"], 3],
    [["s", "right", "S", "S"], 1],
    [["o", "backspace"], 1],
    [["o", "G", "right", "'", "'"], 1],
    [["e"], 2],
    [["e", "e"], 3],
    [["e", "e", "e"], 4],
    [["e", "e", "e", "e"], 2],
    [["E"], 4],
    [["m", "down", "down", "enter", "right"], 4],
    [["m", "end"], 7],
    [["m", "pagedown"], 7],
    [["G", "m", "up"], 5],
    [["m", "o", "tab"], 3],
    [["?", "down", "x", "right"], 2],
    [["i", "q", "right"], 2],
    [["unknown", "ctrl-x"], 1],
  ])("%j to step %i", (keys, expected) => {
    expect(stepAfter(...keys)).toBe(expected);
  });

  it.each<[readonly Key[], string]>([
    [["left"], "this is the first step"],
    [["G", "right"], "this is the last step"],
    [["8", "enter"], "there is no step 8: the run has 7"],
    [["0", "enter"], "there is no step 0: the run has 7"],
    [["G", "l"], "no label after this step"],
    [["F"], "no failed step before this step"],
    [["t"], "thinking unfolded, here and in the other steps"],
    [["v"], "observation folded, here and in the other steps"],
    [["z"], "all texts unfolded, here and in the other steps"],
    [["backspace"], "no jump to go back from"],
    [["n"], "nothing was searched for yet: / begins"],
    [["/", "text:nowhere", "enter"], "not found: nowhere"],
    [["G", "/", "text:readme", "enter"], "past the last step: on from the first"],
    [["/", "text:readme", "enter", "N"], "past the first step: on from the last"],
    [["G", "e"], "past the last step: on from the first"],
  ])("%j says %s", (keys, expected) => {
    expect(messageAfter(...keys)).toBe(expected);
  });

  it("end the walk", () => {
    expect(stateAfter(book, SIZE, ["q"]).ended).toBe("done");
    expect(stateAfter(book, SIZE, ["ctrl-c"]).ended).toBe("interrupted");
    expect(stateAfter(book, SIZE, ["/", "ctrl-c"]).ended).toBe("interrupted");
    expect(stateAfter(book, SIZE, ["/", "q"]).ended).toBeNull();
    expect(stateAfter(book, SIZE, ["m", "q"]).ended).toBeNull();
  });

  it("say so where nothing was found", () => {
    const diagnosis = {
      ...book.workspace.diagnosis,
      labels: [],
      onset_step_id: null,
      verdict: "no_finding" as const,
    };
    const clean = madeBook({ diagnosis });
    expect(stateAfter(clean, SIZE, ["o"]).message).toBe("no onset was found: no finding");
    expect(stateAfter(clean, SIZE, ["e"]).message).toBe("no label quotes this run");
    expect(stateAfter(clean, SIZE, ["l"]).message).toBe("no label after this step");
  });
});

describe("keys scroll", () => {
  const top = (...keys: readonly Key[]): string | undefined => bodyAfter("4", "enter", ...keys)[0];

  it("line by line, by half screens and by screens", () => {
    expect(top("down", "j")).toBe('  observation: "line 150 ⏎ line 151"');
    expect(top("down", "down", "up")).toBe("  The log was known.");
    expect(top("pagedown")).toBe("  line 2");
    expect(top("d", "u")).toBe("unuseful, confidence 0.20, a lead only (redundant-read)");
    expect(top(" ")).toBe("  line 11");
    expect(top(" ", "b")).toBe("unuseful, confidence 0.20, a lead only (redundant-read)");
  });

  it("no further than the text goes", () => {
    expect(bodyAfter("4", "enter", ">").at(-1)).toBe("  line 200");
    expect(bodyAfter("4", "enter", ">", "down", "d").at(-1)).toBe("  line 200");
    expect(top(">", "<", "up")).toBe("unuseful, confidence 0.20, a lead only (redundant-read)");
  });

  it("with Space through all steps to the last row of the run, and with b back to the first", () => {
    const seen = new Set<number>();
    let state = stateAfter(book, SIZE, []);
    for (let presses = 0; presses < 40; presses++) {
      seen.add(state.step_id);
      state = stateAfter(book, SIZE, [" "], state);
    }
    expect([...seen]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(state.message).toBe("this is the last step");
    for (let presses = 0; presses < 40; presses++) state = stateAfter(book, SIZE, ["b"], state);
    expect(linesOf(book, { ...state, message: null }, SIZE)).toEqual(
      linesOf(book, stateAfter(book, SIZE, []), SIZE),
    );
  });
});

describe("keys fold", () => {
  it("thinking in every step until they unfold it", () => {
    expect(bodyAfter("o")).toContain("  … t unfolds the rest");
    expect(bodyAfter("o", "t")).toContain("  reason 9");
    expect(bodyAfter("t", "o")).toContain("  reason 9");
    expect(bodyAfter("t", "t", "o")).not.toContain("  reason 9");
  });

  it("observations and all texts", () => {
    expect(bodyAfter("4", "enter", "v")).toEqual([
      "unuseful, confidence 0.20, a lead only (redundant-read)",
      "  The log was known.",
      '  observation: "line 150 ⏎ line 151"',
      "",
      "action · 1 line",
      "  cat build.log",
      "",
      "observation · 200 lines",
      "  line 1",
      "  line 2",
      "  line 3",
      "  line 4",
      "  … v unfolds the rest",
      ...Array.from({ length: 6 }, () => ""),
    ]);
    expect(bodyAfter("o", "z")).toContain("  reason 9");
    expect(bodyAfter("o", "z", "z")).not.toContain("  reason 9");
  });

  it("never over a quote or what was found", () => {
    expect(bodyAfter("v", "4", "enter", ">").at(-1)).toBe("  line 200");
    expect(bodyAfter("/", "text:reason 9", "enter")).toContain("> reason 9");
    expect(bodyAfter("/", "text:reason 9", "enter", "right", "left")).not.toContain("> reason 9");
  });
});

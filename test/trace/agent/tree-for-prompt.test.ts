import { describe, expect, test } from "vitest";
import { treeForPrompt } from "../../../src/trace/agent/tree-for-prompt.ts";
import type { Stage } from "../../../src/trajectory/stage.ts";
import { change, failure, look, steps } from "../../support/steps.ts";

const RUN = steps(look("ls", "a"), change("make"), failure("make", "no", { repeat_of: 2 }), look("pwd", "/"));
const STAGES: Stage[] = [
  { stage_id: 1, stage: "look around", start_step_id: 1, end_step_id: 1 },
  { stage_id: 2, stage: "build the whole thing", start_step_id: 2, end_step_id: 3 },
  { stage_id: 3, stage: "verify", start_step_id: 4, end_step_id: 4 },
];
const TREE = "root\n├── [1] ls (explore)\n└── [3] make (change) ✗2 = step 2\n";

describe("treeForPrompt", () => {
  test("a short tree stays, with the marks of the prompt", () => {
    expect(treeForPrompt(TREE, STAGES, RUN)).toBe("root\n├── [1] ls (explore)\n└── [3] make (change) ✗2 ↻2");
  });

  test("a long one is folded to a line a stage", () => {
    expect(treeForPrompt("x".repeat(400), STAGES, RUN, 300)).toBe(
      [
        "(folded; every step: tree.md)",
        "stage 1 · steps 1 · look around",
        "stage 2 · steps 2–3 · build the whole thing · 2 changes · ✗3 · ↻3",
        "stage 3 · steps 4 · verify",
      ].join("\n"),
    );
  });

  test("names go before stages do", () => {
    expect(treeForPrompt("x".repeat(400), STAGES, RUN, 120)).toContain("stage 2 · steps 2–3 · 2 changes");
    expect(treeForPrompt("x".repeat(400), STAGES, RUN, 60)).toBe(
      "(folded; every step: tree.md)\nstages 1–3 · steps 1–4 · 2 changes · ✗3 · ↻3",
    );
  });

  test("hundreds of stages keep to the budget", () => {
    const run = steps(...Array.from({ length: 900 }, (_, at) => failure(`do ${at}`, "no")));
    const stages = run.map(({ step_id }) => ({
      stage_id: step_id,
      stage: "edit a file",
      start_step_id: step_id,
      end_step_id: step_id,
    }));
    expect(treeForPrompt("x".repeat(99_999), stages, run, 6000).length).toBeLessThanOrEqual(6000);
  });
});

import { expect, it } from "vitest";
import { type Row, rowOf, treeRows } from "../../../src/page/run/rows.ts";
import { treeMove } from "../../../src/page/run/tree-keys.ts";
import { runPageData } from "../../../src/report/html/run-page.ts";
import { longRun } from "../support/long-run.ts";

const { stages, steps } = runPageData(longRun(24), [], null);
const rows = (shown: readonly number[], collapsed: readonly number[] = []): Row[] =>
  treeRows(stages, steps, new Set(shown), new Set(collapsed));
const words = (all: readonly Row[]): string[] =>
  all.map((row) =>
    row.kind === "stage"
      ? `${row.stage.stage_id}:${row.shown}${row.isOpen ? "" : "+"}`
      : `${" ".repeat(row.depth)}${row.step.step_id}`,
  );
const ALL = steps.map((step) => step.step_id);

it("hangs explorations below the change whose state they explore", () => {
  expect(words(rows([1, 2, 3, 4, 5, 6]))).toEqual(["1:6", "1", "2", "3", " 4", " 5", "6"]);
});

it("leaves out stages without a step that is shown, and the steps of closed ones", () => {
  expect(words(rows([14, 15], [1]))).toEqual(["2:2", "14", "15"]);
  expect(words(rows(ALL, [1, 2]))).toEqual(["1:12+", "2:12+"]);
});

it("keeps an exploration below its change where the filter hides the change", () => {
  expect(words(rows([4]))).toEqual(["1:1", " 4"]);
});

it("finds the row of a step, or of its closed stage", () => {
  expect(rowOf(rows(ALL), 1)).toBe(1);
  expect(rowOf(rows(ALL, [1]), 5)).toBe(0);
  expect(rowOf(rows([14]), 5)).toBe(-1);
});

it("moves as trees do", () => {
  const open = rows(ALL, [2]);
  expect(treeMove("ArrowDown", open, 0)).toEqual({ to: 1 });
  expect(treeMove("ArrowUp", open, 0)).toEqual({ to: 0 });
  expect(treeMove("End", open, 0)).toEqual({ to: 13 });
  expect(treeMove("ArrowLeft", open, 5)).toEqual({ to: 0 });
  expect(treeMove("ArrowLeft", open, 0)).toEqual({ toggle: 1 });
  expect(treeMove("ArrowRight", open, 0)).toEqual({ to: 1 });
  expect(treeMove("ArrowRight", open, 13)).toEqual({ toggle: 2 });
  expect(treeMove("Enter", open, 13)).toEqual({ toggle: 2 });
  expect(treeMove("Enter", open, 4)).toEqual({ to: 4 });
  expect(treeMove("j", open, 4)).toBeNull();
});

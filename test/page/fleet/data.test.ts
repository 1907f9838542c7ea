import { describe, expect, it } from "vitest";
import { decodeStrip } from "../../../src/page/fleet/strip-codes.ts";
import { fleetPageData } from "../../../src/report/html/fleet-data.ts";
import { fleetRunDetail } from "../../../src/report/html/fleet-detail.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { steps } from "../../support/steps.ts";
import { longRun } from "../support/long-run.ts";
import { madeFacts, madeFlag, madeFleet } from "./made-fleet.ts";

describe("what a fleet's page takes from a run", () => {
  it("is a character a step, with names, and the steps around the onset", () => {
    const run = longRun(42);
    const detail = fleetRunDetail(run);
    expect(decodeStrip(detail.strip)).toEqual(
      run.steps.map((step) => ({
        isChange: step.kind === "change",
        isFailed: step.failed,
        isIncorrect: [14, 21].includes(step.step_id),
        isUnuseful: step.step_id === 22,
        isCascade: [15, 16, 21].includes(step.step_id),
        isRepeat: step.repeat_of !== undefined,
      })),
    );
    expect(detail.names.slice(0, 3)).toEqual(["read part-1.c", "read part-2.c", "build part-3"]);
    expect(detail.excerpts.map(({ step_id }) => step_id)).toEqual([12, 13, 14, 15, 16, 17]);
    expect(detail.labels.map(({ step_id, label }) => `${step_id} ${label}`)).toEqual([
      "14 incorrect",
      "21 incorrect",
      "22 unuseful",
    ]);
  });

  it("is its last steps where nothing went wrong", () => {
    const run = madeWorkspace(
      "runs/a",
      steps(...Array.from({ length: 9 }, (_, id) => ({ action: `cat ${id}` }))),
    );
    const detail = fleetRunDetail({ ...run, diagnosis: { ...run.diagnosis, onset_step_id: null } });
    expect(detail.excerpts.map(({ step_id }) => step_id)).toEqual([6, 7, 8, 9]);
  });

  it("cuts long texts, and the middle of what a command said", () => {
    const run = longRun(42, { observations: { 14: `first${"x".repeat(5000)}last` } });
    const onset = fleetRunDetail(run).excerpts.find(({ step_id }) => step_id === 14);
    expect(onset?.observation).toMatch(/^firstx{444}…\nx{446}last$/);
  });
});

describe("the page of a fleet", () => {
  it("is filled with runs whose outcome and verdicts are sorted out", () => {
    const [run] = fleetPageData({
      ...madeFleet(0),
      runs: [
        {
          facts: madeFacts("one", {
            flags: [madeFlag("a", true), madeFlag("b", false), madeFlag("c", null)],
          }),
          detail: null,
        },
      ],
    }).runs;
    expect(run).toMatchObject({
      outcome: "failed",
      outcome_words: "not solved (source: result.json: passed)",
      absent: ["b"],
      unjudged: ["c"],
      incorrect_count: 1,
      detail: null,
    });
    expect(run?.flags.map(({ behaviour }) => behaviour)).toEqual(["a"]);
  });

  it("says the harness broke a run, whatever its outcome", () => {
    const outcome = {
      ...madeFacts("").outcome,
      resolved: true,
      infrastructure_failure: { reason: "no verifier", source: "log" },
    };
    const { runs } = fleetPageData({
      ...madeFleet(0),
      runs: [{ facts: madeFacts("one", { outcome }), detail: null }],
    });
    expect(runs.map((run) => run.outcome)).toEqual(["harness"]);
  });

  it("holds what steps do once", () => {
    const { names, runs } = fleetPageData(madeFleet(3));
    expect(names.length).toBe(42);
    expect(runs.map(({ detail }) => detail?.name_ids?.[2])).toEqual([2, 2, 2]);
  });

  it("leaves out tables of single agents that say nothing, and what it does not show", () => {
    const fleet = madeFleet(6);
    const [all] = fleet.associations;
    if (!all) throw new Error("no table");
    const rows = all.rows.map((row) => ({ ...row, is_shown: false, task_count: 3 }));
    const data = fleetPageData({
      ...fleet,
      associations: [all, { ...all, by: "agent", value: "a" }, { ...all, by: "agent", value: "b", rows }],
    });
    expect(data.associations.map(({ by, value }) => [by, value])).toEqual([
      ["all", null],
      ["agent", "a"],
    ]);
    expect(JSON.stringify(data)).not.toContain("task_count");
  });

  it("lists only so many of the runs that could not be read, and says so", () => {
    const unreadable = Array.from({ length: 503 }, (_, id) => ({ run: `${id}`, code: "c", message: "m" }));
    const data = fleetPageData({ ...madeFleet(1), unreadable });
    expect(data.unreadable.length).toBe(500);
    expect(data.unreadable_count).toBe(503);
    expect(data.left_out).toEqual(["3 of the runs that could not be read"]);
  });
});

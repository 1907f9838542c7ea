import { describe, expect, it } from "vitest";
import { sharedTasks } from "../../../src/page/fleet/comparison.ts";
import { matchingRuns, NO_FILTER, NO_SORT } from "../../../src/page/fleet/filter.ts";
import { fleetOf } from "../../../src/page/fleet/fleet.ts";
import { commandOf } from "../../../src/page/fleet/keys.ts";
import { listedRuns } from "../../../src/page/fleet/listed.ts";
import { hashOf, placeOf } from "../../../src/page/fleet/place.ts";
import { FIRST_STATE, reduce, type State } from "../../../src/page/fleet/state.ts";
import { median, percent, sumsOf } from "../../../src/page/fleet/sums.ts";
import { fleetPageData } from "../../../src/report/html/fleet-data.ts";
import { madeFacts, madeFleet } from "./made-fleet.ts";

const fleet = fleetOf(fleetPageData(madeFleet(30)));
const idsOf = (runs: readonly { run_id: string }[]): string[] => runs.map(({ run_id }) => run_id.slice(-2));

describe("filters", () => {
  it("let through what all of them let through", () => {
    const of = (part: Partial<typeof NO_FILTER>) =>
      idsOf(matchingRuns(fleet, { ...NO_FILTER, ...part }, NO_SORT));
    expect(of({}).length).toBe(30);
    expect(of({ outcome: "solved" })).toEqual(["00", "03", "06", "09", "12", "15", "18", "21", "24", "27"]);
    expect(of({ behaviour: "retry-loop" })).toEqual(["01", "06", "11", "16", "21", "26"]);
    expect(of({ behaviour: "retry-loop", outcome: "solved" })).toEqual(["06", "21"]);
    expect(of({ cluster: 1 }).length).toBe(12);
    expect(of({ stage: "dependency" }).length).toBe(20);
    expect(of({ score: [90, 100] }).length).toBe(10);
    expect(of({ text: "PART 12 parser" })).toEqual(["12", "24", "25"]);
    expect(of({ text: "part nowhere" })).toEqual([]);
    expect(of({ group: 'model:[null,"model-b"]' }).length).toBe(15);
    expect(of({ group: "none of these" })).toEqual([]);
  });

  it("sort, with what is not recorded last either way", () => {
    const by = (isDescending: boolean) =>
      matchingRuns(fleet, { ...NO_FILTER, outcome: "solved" }, { key: "cost", isDescending }).map(
        (run) => run.cost_usd,
      );
    expect(by(false).slice(0, 4)).toEqual([0.25, 0.25, 0.25, null]);
    expect(by(true).slice(0, 4)).toEqual([0.25, 0.25, 0.25, null]);
    const scores = matchingRuns(fleet, NO_FILTER, { key: "score", isDescending: true }).map(
      ({ score }) => score?.value,
    );
    expect(scores).toEqual([...scores].sort((a, b) => (b ?? 0) - (a ?? 0)));
  });

  it("leave the fleet's own order alone", () => {
    matchingRuns(fleet, NO_FILTER, { key: "place", isDescending: true });
    expect(idsOf(fleet.data.runs)[0]).toBe("00");
  });
});

describe("lists that lead to a run", () => {
  it("hold the members of a cluster, its exemplar first, and failed runs with a behaviour first", () => {
    expect(idsOf(listedRuns(fleet, { ...FIRST_STATE, view: "failures", cluster: 1 })).slice(0, 3)).toEqual([
      "01",
      "02",
      "04",
    ]);
    expect(idsOf(listedRuns(fleet, { ...FIRST_STATE, view: "behaviours", behaviour: "retry-loop" }))).toEqual(
      ["01", "11", "16", "26", "06", "21"],
    );
    expect(listedRuns(fleet, { ...FIRST_STATE, view: "failures" })).toEqual([]);
  });

  it("know the other runs of a task", () => {
    const run = fleet.run("run-0006");
    expect(run && idsOf(fleet.siblings(run))).toEqual(["07"]);
  });
});

describe("an address", () => {
  it("leads back to where it was taken", () => {
    const places: Partial<State>[] = [
      {},
      {
        view: "runs",
        run_id: "a/b c#?&%",
        filter: { ...NO_FILTER, text: "ä b", outcome: "failed", score: [40, 50] },
      },
      { view: "runs", sort: { key: "score", isDescending: true } },
      { view: "behaviours", behaviour: "retry-loop", table: 2 },
      { view: "failures", cluster: 3 },
      { view: "compare", first: 'both:["a","b"]', second: 'agent:["a",null]' },
    ];
    for (const place of places) {
      const state = { ...FIRST_STATE, ...place };
      expect(placeOf(hashOf(state))).toEqual(state);
    }
  });

  it("that means nothing leads to the overview", () => {
    for (const hash of ["", "#", "#nowhere?run", "#%", "#overview?sort=x&table=-1&group=1e9&score=a"])
      expect(placeOf(hash)).toMatchObject({ ...FIRST_STATE, run_id: hash.includes("run") ? "" : null });
  });
});

describe("going elsewhere", () => {
  it("leaves the run, unless one is named", () => {
    const state = { ...FIRST_STATE, run_id: "a" };
    expect(reduce(state, { view: "runs" }).run_id).toBe(null);
    expect(reduce(state, { view: "overview" }).run_id).toBe("a");
    expect(reduce(state, { view: "failures", run_id: "b" }).run_id).toBe("b");
  });

  it("follows keys, but not what is typed", () => {
    const plain = { ctrlKey: false, metaKey: false, altKey: false, isTyping: false };
    expect(commandOf({ ...plain, key: "j" })).toBe("next");
    expect(commandOf({ ...plain, key: "4" })).toBe("runs");
    expect(commandOf({ ...plain, key: "j", isTyping: true })).toBe(null);
    expect(commandOf({ ...plain, key: "Escape", isTyping: true })).toBe("escape");
    expect(commandOf({ ...plain, key: "j", ctrlKey: true })).toBe(null);
  });
});

describe("sums", () => {
  it("count what is known and say over how many", () => {
    const sums = sumsOf(fleet.data.runs);
    expect(sums).toMatchObject({
      runs: 30,
      outcomes: { solved: 10, failed: 20, unknown: 0, harness: 0 },
      solvedShare: 10 / 30,
      steps: 1260,
      failedSteps: 180,
      tasks: 15,
      cost: { dollars: 2, runs: 8 },
      tokens: { count: 0, runs: 0 },
      medianSteps: 42,
    });
  });

  it("have a middle, or none", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1])).toBe(2.5);
    expect(median([])).toBe(null);
    expect(percent(1, 3)).toBe("33 %");
    expect(percent(0, 0)).toBe("–");
  });
});

describe("two groups", () => {
  it("are laid side by side task by task, with shares where a task was run more than once", () => {
    const data = fleetPageData({
      ...madeFleet(0),
      runs: [
        ["a1", "x", true],
        ["a2", "x", false],
        ["b1", "x", false],
        ["a3", "y", true],
        ["b2", "y", true],
        ["a4", "z", true],
        ["b3", "w", null],
        ["a5", "w", true],
      ].map(([id, task, resolved]) => ({
        detail: null,
        facts: madeFacts(`${id}`, {
          task_key: `${task}`,
          outcome: { ...madeFacts("").outcome, resolved: typeof resolved === "boolean" ? resolved : null },
        }),
      })),
    });
    const side = (letter: string) => data.runs.filter(({ run_id }) => run_id.startsWith(letter));
    const shared = sharedTasks(side("a"), side("b"));
    expect(
      shared.tasks.map(({ task_key, firstShare, secondShare }) => [task_key, firstShare, secondShare]),
    ).toEqual([
      ["x", 0.5, 0],
      ["y", 1, 1],
    ]);
    expect(shared.firstBetter.map(({ task_key }) => task_key)).toEqual(["x"]);
    expect(shared.alike.map(({ task_key }) => task_key)).toEqual(["y"]);
    expect(shared.secondBetter).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { associate, associationMarkdown, renderAssociation } from "../../../src/fleet/association/index.ts";
import { riskRatio } from "../../../src/fleet/association/risk-ratio.ts";
import { factsOf } from "../../../src/fleet/facts/index.ts";
import { fisherExact } from "../../../src/stats/fisher.ts";
import type { RunFacts } from "../../../src/trajectory/index.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { look, steps } from "../../support/steps.ts";

const BASE = factsOf(madeWorkspace("made", steps(look("ls", "a"))), "made");

/** `count` runs, of which the first `present` show the behaviour; null flags abstain. */
function runs(
  count: number,
  present: number,
  more: {
    resolved: boolean | null;
    behaviour?: string;
    agent?: string;
    task?: string | null;
    abstained?: number;
  },
): RunFacts[] {
  return Array.from({ length: count }, (_, at) => ({
    ...BASE,
    run_id: `${more.agent}-${more.resolved}-${at}`,
    agent: more.agent ?? null,
    task_key: more.task === undefined ? `${more.resolved}-${at}` : more.task,
    outcome: { ...BASE.outcome, resolved: more.resolved },
    flags: [
      {
        behaviour: more.behaviour ?? "retry-loop",
        present: at >= count - (more.abstained ?? 0) ? null : at < present,
        confidence: 0.5,
        step_ids: [],
        evidence: [],
        reason: "",
        judged_by: "rules",
      },
    ],
  }));
}

describe("riskRatio", () => {
  it("is the ratio of shares with Katz's interval", () => {
    // 15 of 150 against 30 of 150, reckoned by hand: ln 0.5 ± 1.96 · sqrt(1/15 − 1/150 + 1/30 − 1/150).
    const spread = 1.959963984540054 * Math.sqrt(1 / 15 - 1 / 150 + 1 / 30 - 1 / 150);
    const found = riskRatio({ present: 15, judged: 150 }, { present: 30, judged: 150 });
    expect(found?.ratio).toBeCloseTo(0.5, 12);
    expect(found?.low).toBeCloseTo(0.5 * Math.exp(-spread), 12);
    expect(found?.high).toBeCloseTo(0.5 * Math.exp(spread), 12);
    expect(found?.is_corrected).toBe(false);
  });

  it("adds a half to each count where one is 0, and says so", () => {
    const found = riskRatio({ present: 4, judged: 10 }, { present: 0, judged: 8 });
    expect(found?.ratio).toBeCloseTo(4.5 / 11 / (0.5 / 9), 12);
    expect(found?.is_corrected).toBe(true);
  });

  it("cannot be told where there is nothing to compare", () => {
    expect(riskRatio({ present: 0, judged: 5 }, { present: 0, judged: 5 })).toBeNull();
    expect(riskRatio({ present: 1, judged: 5 }, { present: 0, judged: 0 })).toBeNull();
  });
});

describe("associate", () => {
  it("compares failed with solved runs and leaves out what cannot be counted", () => {
    const broken = runs(3, 3, { resolved: false, agent: "c" }).map((run) => ({
      ...run,
      outcome: { ...run.outcome, infrastructure_failure: { reason: "x", source: "y" } },
    }));
    const facts = [
      ...runs(12, 8, { resolved: false, abstained: 2 }),
      ...runs(10, 1, { resolved: true, task: "same" }),
      ...runs(4, 4, { resolved: null }),
      ...broken,
    ];
    const [table] = associate(facts, { by: "all" });
    expect(table?.rows).toEqual([
      {
        behaviour: "retry-loop",
        polarity: "bad",
        failed: { present: 8, judged: 10 },
        solved: { present: 1, judged: 10 },
        abstained: 2,
        task_count: 11,
        risk_ratio: 8,
        interval: {
          low: expect.closeTo(8 * Math.exp(-1.959963984540054 * Math.sqrt(0.925)), 12),
          high: expect.closeTo(8 * Math.exp(1.959963984540054 * Math.sqrt(0.925)), 12),
        },
        is_corrected: false,
        p: fisherExact(8, 2, 1, 9),
        p_corrected: fisherExact(8, 2, 1, 9),
        is_shown: true,
      },
    ]);
    expect(table?.notes).toEqual([
      "12 failed and 10 solved of 29 runs. Left out: 4 whose outcome is not known and 3 that the harness broke.",
      "22 runs are of 13 tasks: runs of one task are not independent, so intervals are too narrow and p too small.",
    ]);
    expect(associate(facts.toReversed(), { by: "all" })).toEqual(associate(facts, { by: "all" }));
  });

  it("corrects over all groups, and tests no row with too few runs", () => {
    const facts = [
      ...runs(9, 9, { resolved: false, agent: "a" }),
      ...runs(9, 0, { resolved: true, agent: "a" }),
      ...runs(6, 3, { resolved: false, agent: "b" }),
      ...runs(6, 2, { resolved: true, agent: "b" }),
      ...runs(9, 9, { resolved: false, agent: "few" }),
      ...runs(4, 0, { resolved: true, agent: "few" }),
    ];
    const tables = associate(facts, { by: "agent" });
    expect(tables.map(({ value, rows }) => [value, rows[0]?.is_shown])).toEqual([
      ["a", true],
      ["few", false],
      ["b", true],
    ]);
    const [a, few] = tables.map(({ rows }) => rows[0]);
    expect(a?.p_corrected).toBeCloseTo(2 * fisherExact(9, 0, 0, 9), 15);
    expect([few?.p, few?.p_corrected]).toEqual([null, null]);
  });

  it("keeps a user's rubric, of which no polarity is known", () => {
    const [table] = associate(runs(5, 2, { resolved: false, behaviour: "mine" }), { by: "all" });
    expect(table?.rows.map(({ behaviour, polarity, is_shown }) => [behaviour, polarity, is_shown])).toEqual([
      ["mine", null, false],
    ]);
  });
});

describe("rendering", () => {
  const facts = [
    ...runs(9, 9, { resolved: false, agent: "a|<b>" }),
    ...runs(9, 0, { resolved: true, agent: "a|<b>" }),
    ...runs(2, 1, { resolved: true, agent: "small\u001b[31m" }),
  ];
  const tables = associate(facts, { by: "agent" });

  it("shows a table and names the groups too small for one", () => {
    expect(renderAssociation(tables, { color: false, width: 120 }).split("\n")).toEqual([
      "Agent a|<b>",
      expect.stringMatching(/^behaviour +in failed +in solved +ratio \(95 %\) +p +p, Holm +not judged$/),
      expect.stringMatching(
        /^retry-loop +9 of 9 \(100 %\) +0 of 9 \(0 %\) +19\* \(1\.3 to 284\) +<0\.001 +<0\.001 +0$/,
      ),
      "9 failed and 9 solved of 18 runs.",
      "* a count is 0: ratio and interval are reckoned with a half added to each count (Haldane and Anscombe).",
      "",
      "Too few failed or solved runs for a table: small.",
      "",
    ]);
  });

  it("fits a narrow terminal", () => {
    const lines = renderAssociation(tables, { color: false, width: 60 }).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it("lets nothing of a run become markup", () => {
    const text = associationMarkdown(tables);
    expect(text).toContain("### Agent a\\|\\<b\\>");
    expect(text).not.toContain("\u001b");
  });

  it("says so where there is nothing", () => {
    expect(renderAssociation([], { color: false, width: 80 })).toBe("No runs.\n");
  });
});

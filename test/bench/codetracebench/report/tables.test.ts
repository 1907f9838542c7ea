import { describe, expect, it } from "vitest";
import { tablesOf } from "../../../../bench/codetracebench/report/tables/index.ts";
import type { ScoreReport } from "../../../../bench/codetracebench/score/report-types.ts";
import { emptyReport, score, scoreReport } from "../../../support/score-report.ts";

function table(id: string, report: ScoreReport = scoreReport()) {
  const found = tablesOf(report).find((one) => one.id === id);
  if (!found) throw new Error(`No table has the id ${id}.`);
  return found;
}
function cells(id: string, row: string, report?: ScoreReport): Record<string, string> {
  const { columns, rows } = table(id, report);
  const found = rows.find(([first]) => first?.text === row);
  if (!found) throw new Error(`No row is named ${row}.`);
  return Object.fromEntries(
    found.map((cell, at) => [
      columns[at]?.head ?? "",
      cell.sub === undefined ? cell.text : `${cell.text} | ${cell.sub}`,
    ]),
  );
}

describe("tablesOf", () => {
  it("gives every row a cell for each column", () => {
    for (const { id, columns, rows } of [...tablesOf(scoreReport()), ...tablesOf(emptyReport())]) {
      for (const row of rows) expect(row.length, id).toBe(columns.length);
    }
  });

  it("has ids that are different and can be linked to", () => {
    const ids = tablesOf(scoreReport()).map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/);
  });

  it("puts baselines and published figures into the headline table", () => {
    const names = table("accuracy").rows.map(([first]) => `${first?.text} | ${first?.sub ?? ""}`);
    expect(names).toEqual([
      "rules | ",
      "agent/large-model | 2 repetitions",
      "last | constant rule: flag the last step",
      "n-3..n-1 | constant rule",
      "window -7..-4 | swept window: -7..-4: best swept on these rows, in hindsight",
      "random:rules | random rule: as many steps as rules, anywhere, mean of 100 draws",
      "random:agent/large-model | random rule: as many steps as agent/large-model, anywhere, mean of 100 draws",
      "† CodeTracer as published, GPT-5 | arXiv 2604.11641; on instances that every method covers",
      "† one prompt a run, glm-5.2 | a re-run by others; on 32 mini-SWE rows",
    ]);
  });

  it("prints figures with their intervals and the ceiling", () => {
    expect(cells("accuracy", "rules")).toMatchObject({
      "official F1\n[ceiling 0.579]": "0.159 | 0.05 to 0.28",
      "macro\nF1": "0.274 | 0.16 to 0.39",
      "solved-empty\nfalse positives\n(3 rows)": "0.333",
      "steps flagged\na run": "2.40 | 2.29 to 2.52",
    });
    expect(table("accuracy").notes.join(" ")).toContain("cannot exceed 0.579");
  });

  it("prints the figures of each tolerance", () => {
    expect(cells("places", "rules")).toMatchObject({
      "macro F1\n±1": "0.399 | 0.29 to 0.52",
      "macro F1\n±2": "0.499 | 0.39 to 0.62",
    });
    expect(cells("places", "last")["unuseful\nF1"]).toBe("–");
    expect(cells("tolerance", "rules")["macro F1\n±0"]).toBe("0.274 | 0.16 to 0.39");
  });

  it("stars an interval that leaves out resamples", () => {
    const report = scoreReport();
    const [first] = report.methods;
    if (!first) throw new Error("The report has no methods.");
    const interval = { low: 0.1, high: 0.2, undefined_resamples: 3 };
    const scores = { ...first.scores, onset_exact: { ...score(0.15), interval } };
    const starred = scoreReport({ methods: [{ ...first, scores }] });
    expect(cells("places", "rules", starred)["onset\nexact"]).toBe("0.150 | 0.10 to 0.20*");
  });

  it("says what was named beforehand, and corrects the rest", () => {
    expect(table("comparisons").notes[0]).toContain("Named beforehand: rules against n-3..n-1.");
    expect(cells("comparisons", "rules against n-3..n-1")).toMatchObject({
      why: "named beforehand",
      "difference in\nmacro F1": "+0.123 | 0.01 to 0.24",
      "permutation\np": "0.041",
      "McNemar\np": "0.109",
      "hit by first /\nsecond only": "8 / 3 | both 4, neither 7",
    });
    expect(cells("comparisons", "agent/large-model against window -7..-4")).toMatchObject({
      "difference in\nmacro F1": "−0.018",
      "permutation\np": "<0.001 | Holm 0.001",
      "McNemar\np": "–",
    });
  });

  it("says so where no comparison was named", () => {
    const comparisons = scoreReport().comparisons.filter((one) => one.reason !== "named");
    expect(table("comparisons", scoreReport({ comparisons })).notes[0]).toContain("No comparison was named");
  });

  it("never guesses an unknown price", () => {
    expect(cells("usage", "agent/large-model")).toMatchObject({
      cost: "unknown | 76 unpriced",
      calls: "933 | 12.3 each",
      "agreement\n(Jaccard)": "0.470 | 38 rows",
    });
    expect(cells("usage", "rules")).toMatchObject({ cost: "$0.00", "agreement\n(Jaccard)": "–" });
  });

  it("tells prompt tokens by length for methods that ask a model, and has no such table without one", () => {
    expect(cells("prompt-tokens", "agent/large-model")).toMatchObject({
      steps: "all",
      median: "150,000",
      "95th\npercentile": "310,501",
    });
    const offline = scoreReport().methods.map((method) => ({ ...method, prompt_tokens: [] }));
    expect(tablesOf(scoreReport({ methods: offline })).map((one) => one.id)).not.toContain("prompt-tokens");
  });

  it("gives each published figure its source and why it is not comparable", () => {
    expect(cells("published", "one prompt a run, glm-5.2")).toMatchObject({
      "system and source": "one prompt a run, glm-5.2 | a re-run by others",
      "not comparable because": "other rows, of one agent family only",
      "measured on": "32 mini-SWE rows",
    });
  });

  it("counts and lists refused rows", () => {
    const refused = table("refused");
    expect(refused.notes).toEqual(["2 of 40 rows refused; they enter no score."]);
    expect(refused.rows.map(([row]) => row?.text)).toEqual(["row-cut-off", "row-gone"]);
    expect(table("refused", emptyReport()).rows).toEqual([]);
  });

  it("has a stratum in every strata table, with the methods to look at first", () => {
    expect(cells("strata-positive-macro-f1", "steps: ≤25")).toMatchObject({
      rows: "12 | 8 positive, 2 clean",
      rules: "0.274 | 0.16 to 0.39",
      "n-3..n-1": "0.151 | 0.04 to 0.27",
    });
  });

  it("says how many methods the strata leave out", () => {
    const { columns, notes } = table("strata-positive-macro-f1");
    expect(columns.map((column) => column.head)).toEqual([
      "stratum",
      "rows",
      "rules",
      "agent/large-model",
      "n-3..n-1",
      "window -7..-4",
      "random:rules",
    ]);
    expect(notes[0]).toContain("2 other methods: in the JSON report.");
  });
});

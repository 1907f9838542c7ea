import { describe, expect, it } from "vitest";
import { CSV } from "../../src/export/csv/index.ts";
import { csvLine } from "../../src/util/csv-line.ts";
import { change, look, steps } from "../support/steps.ts";
import { label, madeRun } from "./made-run.ts";
import { parseCsv } from "./parse-csv.ts";

describe("a line of CSV", () => {
  it("is as RFC 4180 has it", () => {
    expect(csvLine(["a", 'say "no"', "b,c", "two\nlines", "", null, 1.5, -2, true])).toBe(
      'a,"say ""no""","b,c","two\nlines",,,1.5,-2,true\r\n',
    );
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1"])(
    "%j is no formula to a spreadsheet",
    (text) => {
      expect(parseCsv(csvLine([text]))).toEqual([[`'${text}`]]);
    },
  );

  it("holds no cell that a spreadsheet would break, and no half of a character", () => {
    const [[cell = ""] = []] = parseCsv(csvLine(["\ud83d\ude00".repeat(20_000)]));
    expect(cell.length).toBeLessThan(32_767);
    expect(cell.endsWith("\n[cut: 40000 characters]")).toBe(true);
    expect(cell.isWellFormed()).toBe(true);
    expect(csvLine(["a\ud800b\0c"])).toBe("a\ufffdb\ufffdc\r\n");
  });
});

it("is three tables that fit together", () => {
  const run = madeRun(
    steps(look("=HYPERLINK(1)", "-rw-r--r--", { tokens: { input: 3 } }), change("rm a", { cost_usd: 0.25 })),
    { labels: [label(2, "rm a")] },
  );
  const tables = Object.fromEntries(
    CSV.parts(run).map(({ path, header = "", text }) => {
      const [names = [], ...rows] = parseCsv(header + text);
      return [path, rows.map((row) => Object.fromEntries(row.map((cell, at) => [names[at], cell])))];
    }),
  );
  expect(tables["runs.csv"]).toHaveLength(1);
  expect(tables["runs.csv"]?.[0]).toMatchObject({
    run_id: "made",
    agent: "coder",
    resolved: "",
    step_count: "2",
    change_count: "1",
    input_tokens: "3",
    output_tokens: "",
    cost_usd: "0.25",
    onset_step_id: "2",
    incorrect_step_ids: "2",
    score: "",
  });
  expect(tables["steps.csv"]).toHaveLength(2);
  expect(tables["steps.csv"]?.[0]).toMatchObject({
    run_id: "made",
    step_id: "1",
    action: "'=HYPERLINK(1)",
    observation: "'-rw-r--r--",
    labels: "",
    is_onset: "false",
  });
  expect(tables["labels.csv"]).toEqual([
    {
      run_id: "made",
      step_id: "2",
      label: "incorrect",
      confidence: "0.75",
      detector: "by-hand",
      is_onset: "true",
      profiles: "findings",
      reasoning: "It is wrong.",
      better_alternative: "",
      evidence_step_id: "2",
      evidence_where: "action",
      evidence_quote: "rm a",
      evidence_count: "1",
      action: "rm a",
    },
  ]);
});

import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../bench/mutants/judge.ts";
import { MUTATIONS } from "../../../bench/mutants/mutations.ts";
import { failedOriginals, mutantTable, shareCaught } from "../../../bench/mutants/table.ts";

const [first, second] = MUTATIONS;
const ALPHA = { format: "alpha", run: "runs/a" };
const BETA = { format: "beta", run: "runs/b" };
const VERDICTS: readonly Verdict[] = [
  { ...ALPHA, mutation: null, passed: true, failed: [] },
  { ...ALPHA, mutation: first?.name ?? "", passed: false, failed: ["counted", "refs"] },
  { ...ALPHA, mutation: second?.name ?? "", passed: true, failed: [] },
  { ...BETA, mutation: null, passed: true, failed: [] },
  { ...BETA, mutation: first?.name ?? "", passed: false, failed: ["counted"] },
  { ...BETA, run: "runs/c", mutation: null, passed: false, failed: ["refs"] },
];

describe("mutantTable", () => {
  it("counts what was caught by mutation and format, and by which checks", () => {
    const lines = mutantTable(VERDICTS).split("\n");
    expect(lines).toHaveLength(MUTATIONS.length + 3);
    const cells = lines.map((line) => line.split(/ {2,}/));
    expect(cells[0]).toEqual(["mutation", "alpha", "beta", "all", "caught", "caught by"]);
    expect(cells[1]).toEqual([first?.name, "1/1", "1/1", "2/2", "100.0 %", "counted 2, refs 1"]);
    expect(cells[2]).toEqual([second?.name, "0/1", "-", "0/1", "0.0 %"]);
    expect(cells[3]).toEqual([MUTATIONS[2]?.name, "-", "-", "-", "-"]);
    expect(cells.at(-2)).toEqual(["all mutants", "1/2", "1/1", "2/3", "66.7 %"]);
    expect(cells.at(-1)).toEqual(["originals passed", "1/1", "1/2", "2/3"]);
  });
});

describe("shareCaught", () => {
  it("leaves the originals out", () => {
    expect(shareCaught(VERDICTS)).toBeCloseTo(2 / 3);
    expect(shareCaught([])).toBe(1);
  });
});

describe("failedOriginals", () => {
  it("names run, format and checks", () => {
    expect(failedOriginals(VERDICTS)).toEqual(["runs/c (beta): refs"]);
  });
});

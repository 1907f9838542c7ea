import { describe, expect, it } from "vitest";
import type { FleetPageData } from "../../../src/page/fleet/data.ts";
import { fleetPageData } from "../../../src/report/html/fleet-data.ts";
import { madeFleet } from "./made-fleet.ts";

const fleet = madeFleet(40);
const whole = fleetPageData(fleet);
const sizeOf = (data: FleetPageData): number => JSON.stringify(data.runs).length;
const fitted = (most_chars: number): FleetPageData => fleetPageData({ ...fleet, most_chars });

describe("a fleet that does not fit a page", () => {
  it("keeps everything where it fits", () => {
    expect(whole.left_out).toEqual([]);
    expect(whole.runs.length).toBe(40);
  });

  it("loses the same things the same way, the least needed first, and says what", () => {
    const texts = fitted(sizeOf(whole) * 0.9);
    expect(texts.left_out).toEqual(["the texts of the steps around the onset"]);
    expect(texts.runs[0]?.detail?.excerpts).toEqual([]);
    expect(texts.runs[0]?.detail?.labels.length).toBe(3);
    const rows = { ...whole, runs: whole.runs.map((run) => ({ ...run, detail: null })) };
    const bare = fitted(sizeOf(rows) - 1000);
    expect(bare.runs.length).toBe(40);
    expect(bare.runs.every(({ detail }) => detail === null)).toBe(true);
    expect(bare.left_out.at(-1)).toBe("quotes and reasons of behaviours and penalties");
    expect(fitted(sizeOf(rows) - 1000)).toEqual(bare);
  });

  it("keeps the runs that failed when not even their rows fit", () => {
    const few = fitted(sizeOf(whole) * 0.03);
    expect(few.runs.length).toBeGreaterThan(0);
    expect(few.runs.length).toBeLessThan(26);
    expect(few.runs.every(({ outcome }) => outcome === "failed")).toBe(true);
    expect(few.run_count).toBe(40);
    expect(few.left_out.at(-1)).toMatch(/^\d+ runs that do not fit at all/);
  });

  it("stays below what it may hold, whatever that is", () => {
    for (const share of [0.9, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02])
      expect(sizeOf(fitted(sizeOf(whole) * share)), `${share}`).toBeLessThan(sizeOf(whole) * share);
  });
});

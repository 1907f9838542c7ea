import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterFailures, FailureClustersSchema } from "../../../src/fleet/failures/clusters.ts";
import { mulberry32, randomIndex } from "../../../src/stats/prng.ts";
import { failed, planted } from "./made-failures.ts";

/** Share of the clustered runs that are of their cluster's commonest theme, and the clustered runs. */
function purity(runs: number, seed: number) {
  const { facts, themes } = planted(runs, seed);
  const found = clusterFailures(facts, { shuffles: 0, resamples: 0 });
  const themeOf = new Map(facts.map(({ run_id }, index) => [run_id, themes[index]]));
  const most = found.clusters.map(({ run_ids }) => {
    const counts = new Map<unknown, number>();
    for (const id of run_ids) counts.set(themeOf.get(id), (counts.get(themeOf.get(id)) ?? 0) + 1);
    return Math.max(...counts.values());
  });
  const clustered = found.clusters.reduce((sum, { size }) => sum + size, 0);
  return { purity: most.reduce((sum, count) => sum + count, 0) / clustered, clustered, found };
}

describe("clusterFailures", () => {
  it.each([1, 2, 3])("finds planted themes that cross the tasks (seed %i)", (seed) => {
    const { purity: share, clustered, found } = purity(80, seed);
    expect(share).toBeGreaterThanOrEqual(0.9);
    expect(clustered).toBeGreaterThanOrEqual(72);
    expect(found.verdict).toBe("clear");
    expect(found.agreement.task).toBeLessThan(0.1);
    expect(FailureClustersSchema.parse(found)).toEqual(found);
  });

  it("finds them among more runs than a tree takes", () => {
    const { purity: share, clustered, found } = purity(820, 5);
    expect(found.method).toBe("k-means");
    expect(share).toBeGreaterThanOrEqual(0.9);
    expect(clustered).toBeGreaterThanOrEqual(738);
  });

  it("says how stable the clusters are and what chance would find", () => {
    const { facts } = planted(60, 7);
    const { stability, chance, silhouette } = clusterFailures(facts, { resamples: 10, shuffles: 2 });
    expect(stability?.resamples).toBe(10);
    expect(stability?.mean_rand).toBeGreaterThan(0.7);
    expect(chance?.highest).toBeLessThan(silhouette ?? 0);
  });

  it("gives the same for the same runs in any order", () => {
    const { facts } = planted(24, 11);
    const options = { resamples: 3, shuffles: 1 };
    const expected = JSON.stringify(clusterFailures(facts, options));
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (shuffled) => {
        expect(JSON.stringify(clusterFailures(shuffled, options))).toBe(expected);
      }),
      { numRuns: 15 },
    );
  });

  it("puts every failed run into one cluster or none, and leaves the others out", () => {
    const { facts } = planted(40, 3);
    const fine = { ...failed("fine", ""), failure: null };
    const found = clusterFailures([fine, ...facts], { resamples: 0, shuffles: 0 });
    const ids = [...found.clusters.flatMap(({ run_ids }) => run_ids), ...found.ungrouped_run_ids];
    expect(ids.sort()).toEqual(facts.map(({ run_id }) => run_id).sort());
    for (const cluster of found.clusters) {
      expect(cluster.size).toBe(cluster.run_ids.length);
      expect(cluster.run_ids).toEqual(expect.arrayContaining(cluster.exemplar_run_ids));
      for (const counts of [cluster.stages, cluster.agents, cluster.models, cluster.tasks])
        expect(counts.reduce((sum, { runs }) => sum + runs, 0)).toBe(cluster.size);
    }
  });

  it("shows one group where there are none", () => {
    const random = mulberry32(4);
    const letters = "abcdefghijklmnopqrstuvwxyz".split("").map((letter) => `word${letter}`);
    const facts = Array.from({ length: 40 }, (_, index) =>
      failed(
        `r${index}`,
        `Signs: ${Array.from({ length: 6 }, () => letters[randomIndex(random, 26)]).join(" ")}`,
      ),
    );
    const found = clusterFailures(facts, { resamples: 5 });
    expect(found).toMatchObject({ verdict: "none", k: null, stability: null, agreement: { task: null } });
    expect(found.clusters.map(({ name, size }) => [name, size])).toEqual([["all failed runs", 40]]);
    expect(found.note).toMatch(
      /^no clear groups: silhouette 0\.\d\d \(by chance 0\.\d\d, up to 0\.\d\d\); all/,
    );
    expect(found.curve.length).toBeGreaterThan(10);
  });

  it("does not look for groups in a handful of runs, or in none", () => {
    const few = clusterFailures(["a", "b", "c"].map((id) => failed(id, `Signs: ${id}${id}`)));
    expect(few).toMatchObject({
      method: "none",
      verdict: "none",
      note: "too few failed runs to look for groups: 3 < 6",
    });
    expect(few.clusters.map(({ run_ids }) => run_ids)).toEqual([["a", "b", "c"]]);
    expect(clusterFailures([])).toMatchObject({
      failed_runs: 0,
      clusters: [],
      note: "no run is known to have failed",
    });
  });

  it("takes runs that all say the same, or nothing, for one group", () => {
    const same = Array.from({ length: 20 }, (_, index) =>
      failed(`r${index}`, "Signs: waits that showed nothing new"),
    );
    expect(clusterFailures(same).clusters).toHaveLength(1);
    const silent = Array.from({ length: 20 }, (_, index) => failed(`r${index}`, "Task: something"));
    expect(clusterFailures(silent)).toMatchObject({
      dimensions: 0,
      note: "the failed runs have no words in common beyond their tasks",
    });
  });

  it("counts clusters over time, and says what is not recorded", () => {
    const { facts } = planted(24, 2);
    const dated = facts.map((one, index) => ({
      ...one,
      started_at: index % 3 === 0 ? null : `2024-05-0${1 + (index % 2)}T00:00:00Z`,
    }));
    const found = clusterFailures(dated, { resamples: 0, shuffles: 0 });
    expect(found.time).toEqual({ bucket: "day", undated_runs: 8 });
    for (const { over_time, undated_runs, size } of found.clusters) {
      expect(over_time.map(({ from }) => from)).toEqual(["2024-05-01", "2024-05-02"]);
      expect(over_time.reduce((sum, { runs }) => sum + runs, undated_runs)).toBe(size);
    }
    expect(clusterFailures(facts, { resamples: 0, shuffles: 0 }).time).toBeNull();
  });

  it("names clusters in printable words, whatever the runs print", () => {
    const evil = "\u001b]0;title\u0007\u202ekcatta\u0000 <script>alert(1)</script> `rm -rf`";
    const facts = Array.from({ length: 30 }, (_, index) =>
      failed(
        `r${index}`,
        `Errors: ${index % 2 === 0 ? evil : "missing module: none"} | odd ${evil.repeat(index % 2)}`,
      ),
    );
    for (const { name } of clusterFailures(facts, { resamples: 0, shuffles: 0 }).clusters) {
      expect(name).toMatch(/^[\p{L}\p{N}\p{P}\p{S} ]{1,60}$/u);
      expect(name).not.toMatch(/\p{Cc}|\p{Cf}/u);
    }
  });
});

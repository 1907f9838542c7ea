import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseCut, clustersOnly } from "../../../src/fleet/failures/clustering/choose-cut.ts";
import { adjustedRand } from "../../../src/fleet/failures/clustering/rand-index.ts";
import { silhouettes } from "../../../src/fleet/failures/clustering/silhouette.ts";
import { bucketOf, timeBuckets } from "../../../src/fleet/failures/clustering/time-buckets.ts";
import { tfIdf } from "../../../src/fleet/failures/vectors/tf-idf.ts";
import { cosineDistances, dot, unit } from "../../../src/fleet/failures/vectors/vectors.ts";

describe("adjustedRand", () => {
  // The expected figures are those of scikit-learn's documentation of adjusted_rand_score, and two worked by hand.
  it.each<[number[], number[], number | null]>([
    [[0, 0, 1, 1], [0, 0, 1, 1], 1],
    [[0, 0, 1, 1], [1, 1, 0, 0], 1],
    [[0, 0, 1, 2], [0, 0, 1, 1], 4 / 7],
    [[0, 0, 1, 1], [0, 0, 1, 2], 4 / 7],
    [[0, 0, 0, 0], [0, 1, 2, 3], 0],
    [[0, 0, 1, 1], [0, 1, 0, 1], -0.5],
    [[0, 0, 0], [1, 1, 1], null],
    [[0], [0], null],
    [[], [], null],
  ])("of %j and %j is %s", (a, b, index) => {
    const found = adjustedRand(a, b);
    if (index === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(index, 12);
  });

  it("is symmetric and does not see how groups are called", () => {
    const groups = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(groups, (pairs) => {
        const [a, b] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
        expect(adjustedRand(a, b)).toEqual(adjustedRand(b, a));
        expect(
          adjustedRand(
            a.map((one) => `g${9 - one}`),
            b,
          ),
        ).toEqual(adjustedRand(a, b));
      }),
    );
  });

  it("refuses groupings of different items", () => {
    expect(() => adjustedRand([1], [1, 2])).toThrow();
  });
});

describe("silhouettes", () => {
  const points = [0, 1, 10, 12, 30];
  const distances = points.map((one) => Float64Array.from(points, (other) => Math.abs(one - other)));

  it("follow the definition", () => {
    const values = [...silhouettes(distances, [0, 0, 1, 1, null])];
    expect(values[0]).toBeCloseTo((11 - 1) / 11, 12);
    expect(values[1]).toBeCloseTo((10 - 1) / 10, 12);
    expect(values[2]).toBeCloseTo((9.5 - 2) / 9.5, 12);
    expect(values[3]).toBeCloseTo((11.5 - 2) / 11.5, 12);
    expect(values[4]).toBe(0);
  });

  it("are 0 for one alone in its group and in a single group", () => {
    expect([...silhouettes(distances, [0, 0, 0, 0, 1])][4]).toBe(0);
    expect([...silhouettes(distances, [0, 0, 0, 0, 0])]).toEqual([0, 0, 0, 0, 0]);
    expect([...silhouettes([], [])]).toEqual([]);
  });
});

describe("the choice of a cut", () => {
  it("numbers groups by size and leaves small ones out", () => {
    expect(clustersOnly([5, 5, 2, 2, 2, 9], 2)).toEqual([1, 1, 0, 0, 0, null]);
  });

  it("takes the coarsest that is nearly the best, and none where no cut gives two clusters", () => {
    const points = [0, 1, 10, 11, 20, 21];
    const distances = points.map((one) => Float64Array.from(points, (other) => Math.abs(one - other)));
    const byTens = {
      2: [0, 0, 1, 1, 1, 1],
      3: [0, 0, 1, 1, 2, 2],
      4: [0, 0, 1, 1, 2, 3],
      5: [0, 1, 2, 3, 4, 4],
    };
    const sample = points.map((_, item) => item);
    const grouper = {
      sample,
      distances,
      groups: (k: number) => byTens[k as 2 | 3 | 4 | 5],
      among: () => () => [],
      is_nested: true,
    };
    const { best, grouping, curve } = chooseCut(grouper, 6, { least_size: 2, most_clusters: 9, most_k: 9 });
    expect(best).toMatchObject({ k: 3, clusters: 3, ungrouped: 0 });
    expect(grouping).toEqual([0, 0, 1, 1, 2, 2]);
    expect(curve.map(({ k, clusters, ungrouped }) => [k, clusters, ungrouped])).toEqual([
      [2, 2, 0],
      [3, 3, 0],
      [4, 2, 2],
      [5, 1, 4],
    ]);
    expect(chooseCut(grouper, 6, { least_size: 5, most_clusters: 9, most_k: 9 })).toMatchObject({
      best: null,
      grouping: null,
    });
  });
});

describe("vectors", () => {
  it("have unit length, or none", () => {
    expect([...unit([3, 4])]).toEqual([0.6, 0.8]);
    expect([...unit([0, 0])]).toEqual([0, 0]);
    expect(cosineDistances([unit([1, 0]), unit([0, 2]), unit([1, 0])]).map((row) => [...row])).toEqual([
      [0, 1, 0],
      [1, 0, 1],
      [0, 1, 0],
    ]);
  });

  const told = (summary: string, task_key: string | null) => ({ summary: `Signs: ${summary}`, task_key });

  it("weigh terms by the textbook", () => {
    const { rows, terms } = tfIdf([told("apple apple pear", "a"), told("apple", "b")]);
    expect(terms).toEqual(["apple", "pear"]);
    const [apple, pear] = [(1 + Math.log(2)) * 1, Math.log(3 / 2) + 1];
    const length = Math.hypot(apple, pear);
    expect(rows[0]?.[0]).toBeCloseTo(apple / length, 12);
    expect(rows[0]?.[1]).toBeCloseTo(pear / length, 12);
    expect([...(rows[1] ?? [])]).toEqual([1, 0]);
  });

  it("hold nothing that occurs mostly within one task, or in one run only", () => {
    const list = ["a", "a", "a", "b", "b", "b", "c", "c", "c"].map((task, index) =>
      told(
        `${task === "a" ? "kernel" : "poem"} ${index % 2 === 0 ? "timeout" : "denied"} unique${"xyzuvwrst"[index]}`,
        task,
      ),
    );
    expect(tfIdf(list).terms).toEqual(["denied", "timeout"].filter((term) => term !== "").concat([]));
  });

  it("keep all of a single task's terms", () => {
    const list = Array.from({ length: 9 }, (_, index) =>
      told(index % 2 === 0 ? "timeout" : "denied", "only"),
    );
    const { rows, terms } = tfIdf(list);
    expect(terms).toEqual(["denied", "timeout"]);
    expect(dot(rows[0] ?? unit([]), rows[2] ?? unit([]))).toBeCloseTo(1, 12);
  });
});

describe("time buckets", () => {
  it("leave no gap, whatever their size", () => {
    expect(timeBuckets(["2024-05-01T10:00:00Z", null, "2024-05-03T00:00:00Z"])).toEqual({
      bucket: "day",
      starts: ["2024-05-01", "2024-05-02", "2024-05-03"],
    });
    expect(timeBuckets(["2024-05-01T10:00:00Z", "2024-06-01T10:00:00Z"])).toEqual({
      bucket: "week",
      starts: ["2024-04-29", "2024-05-06", "2024-05-13", "2024-05-20", "2024-05-27"],
    });
    expect(timeBuckets(["2023-12-01T10:00:00Z", "2024-07-01T10:00:00Z"])?.starts).toEqual(
      ["2023-12", "2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "2024-07"].map(
        (month) => `${month}-01`,
      ),
    );
  });

  it("are bounded where a clock was wrong", () => {
    expect(timeBuckets(["1970-01-01T00:00:00Z", "2024-07-01T10:00:00Z"])?.starts).toHaveLength(120);
  });

  it("find the bucket of a moment", () => {
    const buckets = timeBuckets(["2024-05-01T10:00:00Z", "2024-06-01T10:00:00Z"]);
    expect(buckets && bucketOf("2024-05-12T23:59:59Z", buckets)).toBe("2024-05-06");
    expect(buckets && bucketOf("2020-01-01T00:00:00Z", buckets)).toBeNull();
    expect(buckets && bucketOf("no date", buckets)).toBeNull();
  });

  it("are none where nothing is recorded", () => {
    expect(timeBuckets([null, "soon"])).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { clusterFailures, clustersMarkdown, renderClusters } from "../../../src/fleet/failures/clusters.ts";
import { failed, planted } from "./made-failures.ts";

const { facts } = planted(24, 6);
const clusters = clusterFailures(facts, { resamples: 4, shuffles: 1 });
const EVIL = "\u001b]0;t\u0007\u202e<img src=x onerror=alert(1)> [a](http://b) | `c` \u0000";

describe("renderClusters", () => {
  it("says how clusters were found, why they failed and which runs they hold", () => {
    const text = renderClusters(clusters, facts, { color: false, width: 100 });
    expect(text).toContain("24 failed runs: clear groups: silhouette");
    expect(text).toMatch(/choice +k \d+, the coarsest within 5 % of the best/);
    expect(text).toMatch(/stability +adjusted Rand index with the clusters of 4 bootstrap resamples/);
    expect(text).toContain("not recorded in any failed run");
    for (const { run_id } of facts) expect(text).toContain(run_id);
    for (const { name } of clusters.clusters) expect(text).toContain(name);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("prints nothing but text, whatever the runs hold", () => {
    const evil = clusterFailures(
      Array.from({ length: 8 }, (_, at) =>
        failed(`r${at}${EVIL}`, `Errors: ${EVIL}${at % 2}`, { model: EVIL, agent: EVIL }),
      ),
      { resamples: 0, shuffles: 0 },
    );
    const known = evil.clusters.flatMap(({ run_ids }) =>
      run_ids.map((id) => ({
        ...failed(id, EVIL),
        failure: {
          stage: "unknown" as const,
          reason: EVIL,
          summary: EVIL,
          evidence: [{ step_id: 1, where: "action" as const, quote: EVIL }],
        },
      })),
    );
    const text = renderClusters(evil, known, { color: false, width: 80 });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const markdown = clustersMarkdown(evil, known);
    expect(markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const outside = markdown.replace(/(`+)[^`].*?\1(?!`)/g, "");
    expect(outside).not.toMatch(/(?<!\\)<img|(?<!\\)\[a\]/);
  });

  it("says that there is nothing to cluster", () => {
    const none = clusterFailures([]);
    expect(renderClusters(none, [], { color: false, width: 80 })).toBe(
      "0 failed runs: no run is known to have failed\n",
    );
    expect(clustersMarkdown(none, [])).toBe(
      "## Failure clusters\n\n0 failed runs: no run is known to have failed.\n",
    );
  });
});

describe("clustersMarkdown", () => {
  it("has a table of the clusters and a section for each", () => {
    const markdown = clustersMarkdown(clusters, facts);
    const rows = markdown.split("\n").filter((line) => /^\| \d+ \|/.test(line));
    expect(rows).toHaveLength(clusters.clusters.length);
    expect(markdown.match(/^### \d+\. /gm)).toHaveLength(clusters.clusters.length);
    for (const { run_id } of facts) expect(markdown).toContain(`\`${run_id}\``);
  });
});

import { describe, expect, it } from "vitest";
import { eventfulRun, madeRun } from "./made-run.ts";
import { partOf } from "./read-back.ts";
import { AtifShape } from "./shapes/atif.ts";
import { DocentShape } from "./shapes/docent.ts";
import { eventsIn, spansIn } from "./shapes/otlp.ts";

const RUNS = {
  "an eventful run": eventfulRun(),
  "a run without steps": madeRun([]),
  "a run without steps and task": madeRun([], { task: null }),
};

describe.each(Object.entries(RUNS))("%s", (_, run) => {
  it("is a trajectory as ATIF wants it", () => {
    expect(AtifShape.parse(JSON.parse(partOf(run, "atif", ".trajectory.json"))).steps.length).toBeGreaterThan(
      0,
    );
  });

  it("is an agent run as Docent wants it", () => {
    const [line = "", ...rest] = partOf(run, "docent", "agent-runs.jsonl").split("\n");
    expect(rest).toEqual([""]);
    expect(DocentShape.parse(JSON.parse(line)).transcripts.length).toBeGreaterThan(0);
  });

  it.each(["openinference", "gen-ai"])("is a tree of spans as OTLP wants it, in %s", (format) => {
    const spans = spansIn(partOf(run, format, ".spans.jsonl"));
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    expect(byId.size).toBe(spans.length);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    const [root, ...rest] = spans;
    expect(root?.parentSpanId).toBeUndefined();
    for (const { parentSpanId = "", startTimeUnixNano } of rest)
      expect(BigInt(byId.get(parentSpanId)?.startTimeUnixNano ?? "9".repeat(19))).toBeLessThanOrEqual(
        BigInt(startTimeUnixNano),
      );
  });

  it("has judgements that lead to its spans", () => {
    const spans = spansIn(partOf(run, "openinference", ".spans.jsonl"));
    const places = spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`);
    const carriers = spansIn(partOf(run, "openinference", ".annotations.jsonl"));
    const events = eventsIn(partOf(run, "gen-ai", ".events.jsonl"));
    expect(carriers.map(({ links }) => links?.length)).toEqual(carriers.map(() => 1));
    const targets = [...carriers.flatMap(({ links = [] }) => links), ...events];
    for (const { traceId, spanId } of targets) expect(places).toContain(`${traceId} ${spanId}`);
    expect(targets.length).toBeGreaterThan(0);
  });
});

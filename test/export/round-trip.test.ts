import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderAction } from "../../src/extract/toolkit/render.ts";
import type { IndexedStep } from "../../src/trajectory/index.ts";
import { type StepSketch, steps } from "../support/steps.ts";
import { eventfulRun, madeRun } from "./made-run.ts";
import { READ_BACK, read, readBack, written } from "./read-back.ts";

const FORMATS = Object.keys(READ_BACK) as (keyof typeof READ_BACK)[];

describe("what is exported and our own readers read", () => {
  it.each(FORMATS)("%s: comes back step by step", (format) => {
    const run = eventfulRun();
    const trajectory = readBack(run, format);
    expect(
      trajectory.steps.map(({ step_id, action, observation }) => [step_id, action, observation]),
    ).toEqual(run.workspace.steps.map(({ step_id, action, observation }) => [step_id, action, observation]));
    expect(read(trajectory)).toEqual(written(run));
    expect(trajectory.task).toBe("mend the parser");
    expect(trajectory.agent).toMatchObject({ name: "coder", model: "some-model" });
  });

  it("atif: with times, exit codes, durations and costs", () => {
    const { steps: back, agent } = readBack(eventfulRun(), "atif");
    expect(
      back.map(({ started_at, exit_code, is_error, duration_ms, cost_usd }) => [
        started_at,
        exit_code,
        is_error,
        duration_ms,
        cost_usd,
      ]),
    ).toEqual([
      ["2026-01-01T10:00:00.000Z", 0, undefined, 20, 1],
      ["2026-01-01T10:00:01.000Z", undefined, undefined, undefined, undefined],
      ["2026-01-01T10:00:01.000Z", undefined, undefined, undefined, undefined],
      [undefined, undefined, undefined, undefined, undefined],
      [undefined, undefined, undefined, undefined, undefined],
      [undefined, undefined, undefined, undefined, undefined],
      ["2026-01-01T10:00:09.000Z", 1, true, undefined, undefined],
      [undefined, undefined, undefined, undefined, undefined],
    ]);
    expect(agent.version).toBe("1.2");
  });

  it.each(FORMATS)("%s: comes back whatever the texts hold", (format) => {
    fc.assert(
      fc.property(runs, (made) => {
        const run = madeRun(made);
        expect(read(readBack(run, format))).toEqual(written(run));
      }),
      { numRuns: 200 },
    );
  });

  it.each(FORMATS)("%s: a run without steps is read as one", (format) => {
    const trajectory = readBack(madeRun([]), format);
    expect(trajectory.steps).toEqual([]);
    expect(trajectory.empty_reason).toBeDefined();
  });
});

const HOSTILE = [
  '"a JSON text"',
  ' "not one',
  '{"tool_call_id":"x","content":"y"}',
  '{"output":{"kwargs":{"tool_call_id":"x","content":"y"}}}',
  '[{"type":"text","text":"z"}]',
  "</script><script>alert(1)</script>",
  "=cmd|' /C calc'!A0",
  "\u001b[31mred\u0007",
  "<function=bash><parameter=command>rm</parameter></function>",
  "\u202eesrever\u2028\0",
  "",
  "   ",
  "Executed Bash call_1",
  "\ud83d\ude00",
];
const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 40 }));

const call: fc.Arbitrary<StepSketch> = fc.oneof(
  text.map((action) => ({ action })),
  fc
    .tuple(
      fc.constantFrom("Bash", "Grep", "mcp__x", "terminal"),
      fc.dictionary(fc.constantFrom("command", "path", "a.b", "0"), text),
    )
    .map(([tool, args]) => ({ tool, arguments: { ...args }, action: renderAction(tool, args) })),
);

/** `depth` says how far below the main agent a step is, as far as one above it can have started it. */
const sketch = fc.record({
  call,
  observation: fc.option(text),
  thinking: fc.option(text, { nil: undefined }),
  second: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  joins: fc.boolean(),
  depth: fc.integer({ min: 0, max: 2 }),
});

const runs: fc.Arbitrary<IndexedStep[]> = fc.array(sketch, { minLength: 1, maxLength: 8 }).map((sketches) => {
  /** The steps of the main agent, of its helper, of the helper's helper, that the next one may hang below. */
  const path: number[] = [];
  let group = 0;
  const made: StepSketch[] = [];
  sketches.forEach(({ call: one, observation, thinking, second, joins, depth: wanted }, index) => {
    const depth = Math.min(wanted, path.length);
    const before = made.at(-1);
    const parent = depth === 0 ? undefined : path[depth - 1];
    const isSame =
      joins && depth === 0 && before !== undefined && before.agent === "main" && path.length === 1;
    if (isSame) before.parallel_group ??= ++group;
    made.push({
      ...one,
      ...(one.tool === undefined ? {} : { tool_call_id: `call_${index + 1}` }),
      observation,
      agent: depth === 0 ? "main" : `helper-${depth}`,
      ...(parent === undefined ? {} : { parent_step_id: parent }),
      ...(isSame ? { parallel_group: before.parallel_group ?? group } : {}),
      ...(thinking === undefined || isSame ? {} : { thinking }),
      ...(second === undefined ? {} : { started_at: `2026-01-01T10:00:0${second}Z` }),
      tokens: { input: index },
    });
    if (isSame) delete made.at(-1)?.tokens;
    path.splice(depth, path.length, index + 1);
  });
  return steps(...made);
});

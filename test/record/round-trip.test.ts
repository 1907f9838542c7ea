import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { extractor as atif } from "../../extractors/atif/index.ts";
import { extractor } from "../../extractors/codetracer-record/index.ts";
import { openRecorder } from "../../src/record/index.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { TrajectorySchema } from "../../src/trajectory/index.ts";
import { tempRun } from "../support/temp-run.ts";
import { expectedSteps, type Told, told } from "./support/expected.ts";
import { type Call, perform, script } from "./support/script.ts";

const root = tempRun({});
let runs = 0;

/** Records a script and gives the folder. Secrets are kept: what looks like one would be read back redacted. */
function recorded(calls: readonly Call[]): string {
  const recorder = openRecorder(path.join(root, String(++runs)), {
    agent: { name: "toy", version: "1", model: "m" },
    task: "the task\u0000",
    redact: false,
  });
  perform(calls, recorder);
  recorder.finish({ outcome: { resolved: true, reward: 0.5, exit_status: "done" } });
  return recorder.folder;
}

it("reads the log back as it was recorded: every field of every step", () => {
  fc.assert(
    fc.property(script, (calls) => {
      const run = openDirectory(recorded(calls));
      const trajectory = TrajectorySchema.parse(extractor.extract(run));
      expect(trajectory.steps.map(told)).toEqual(expectedSteps(calls));
      expect(trajectory.task).toBe("the task\u0000");
      expect(trajectory.agent).toEqual({ name: "toy", version: "1", model: "m" });
      expect(trajectory.outcome).toEqual({
        resolved: true,
        reward: 0.5,
        exit_status: "done",
        source: "events.jsonl: outcome of session_finished",
        infrastructure_failure: null,
      });
      expect(run.problems.filter(({ message }) => !message.startsWith("a tool_call_id"))).toEqual([]);
      expect(extractor.countActions?.(run)).toBe(trajectory.steps.length);
    }),
    { numRuns: 150 },
  );
});

it("reads trajectory.json by itself back, but for what docs/record.md names", () => {
  fc.assert(
    fc.property(script, (calls) => {
      const run = openDirectory(path.join(recorded(calls), "trajectory.json"));
      const trajectory = TrajectorySchema.parse(atif.extract(run));
      const expected = expectedSteps(calls);
      // Its times are those of the log, none twice but within a turn.
      const inOrder = trajectory.steps.toSorted((a, b) =>
        (a.started_at ?? "") < (b.started_at ?? "")
          ? -1
          : a.started_at === b.started_at
            ? a.step_id - b.step_id
            : 1,
      );
      const places = new Map(inOrder.map((step, index) => [step.step_id, index + 1]));
      expect(inOrder.map((step) => inAtif(told(step), places))).toEqual(expected.map((step) => inAtif(step)));
      expect(turns(inOrder)).toEqual(turns(expected));
    }),
    { numRuns: 150 },
  );
});

/** What both readings of a step say: what trajectory.json does not hold is left out. */
function inAtif(step: Told, places?: ReadonlyMap<number, number>): object {
  const {
    tool_call_id: _,
    parallel_group: __,
    parent_step_id,
    thinking,
    is_error,
    exit_code,
    duration_ms,
    ...same
  } = step;
  const end = { is_error: is_error || undefined, exit_code, duration_ms };
  return {
    ...same,
    step_id: places?.get(step.step_id) ?? step.step_id,
    parent_step_id: places?.get(parent_step_id ?? 0) ?? parent_step_id,
    thinking: thinking?.replace(/\s+/g, "") || undefined,
    ...(step.observation === null ? {} : end),
  };
}

/** For each step, the first one of its turn. */
function turns(steps: readonly Told[]): number[] {
  return steps.map((step, index) =>
    step.parallel_group === undefined
      ? index
      : steps.findIndex(({ parallel_group }) => parallel_group === step.parallel_group),
  );
}

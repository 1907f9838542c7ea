import type { ExportRun } from "../../src/export/index.ts";
import type { IndexedStep, Label, RunFacts } from "../../src/trajectory/index.ts";
import { madeWorkspace } from "../support/made-workspace.ts";
import { change, failure, look, steps } from "../support/steps.ts";

/** A run around hand-made steps, with an agent and a model. */
export function madeRun(
  made: readonly IndexedStep[],
  more: { task?: string | null; run_id?: string; labels?: Label[]; facts?: RunFacts } = {},
): ExportRun {
  const workspace = madeWorkspace("runs/made", made, { task: more.task ?? "mend the parser" });
  if (more.task === null) workspace.task = null;
  workspace.extraction.agent = { name: "coder", version: "1.2", model: "some-model" };
  const labels = more.labels ?? [];
  const diagnosis = { ...workspace.diagnosis, labels, onset_step_id: labels[0]?.step_id ?? null };
  return {
    run_id: more.run_id ?? "made",
    workspace: { ...workspace, diagnosis },
    facts: more.facts ?? null,
  };
}

/** A label with one quote from its own action. */
export function label(step_id: number, quote: string, more: Partial<Label> = {}): Label {
  return {
    step_id,
    label: "incorrect",
    confidence: 0.75,
    detector: "by-hand",
    reasoning: "It is wrong.",
    evidence: [{ step_id, where: "action", quote }],
    profiles: ["findings"],
    ...more,
  };
}

/** Everything that a step may record: a turn of two calls, a sub-agent with one of its own, tokens, times, a failure, a command without a tool. */
export function eventfulRun(): ExportRun {
  const bash = (command: string, id: string) => ({
    tool: "Bash",
    arguments: { command },
    tool_call_id: id,
  });
  const made = steps(
    look("ls", "a.ts\nb.ts", {
      ...bash("ls", "call_1"),
      thinking: "I look around.",
      started_at: "2026-01-01T10:00:00.000Z",
      duration_ms: 20,
      tokens: { input: 100, output: 10, cached: 50, reasoning: 4 },
      cost_usd: 1,
      exit_code: 0,
      exit_code_source: "recorded",
    }),
    look('Grep {"pattern":"x"}', "a.ts:1", {
      tool: "Grep",
      arguments: { pattern: "x" },
      tool_call_id: "call_2",
      thinking: "Now the rest.",
      started_at: "2026-01-01T10:00:01.000Z",
      tokens: { input: 120, output: 12 },
      parallel_group: 1,
    }),
    look('Task {"prompt":"review"}', "It is fine.", {
      tool: "Task",
      arguments: { prompt: "review" },
      tool_call_id: "call_3",
      started_at: "2026-01-01T10:00:01.000Z",
      parallel_group: 1,
    }),
    look("cat a.ts", "const a = 1;", { ...bash("cat a.ts", "call_4"), agent: "reviewer", parent_step_id: 3 }),
    look('Task {"prompt":"deeper"}', null, {
      tool: "Task",
      arguments: { prompt: "deeper" },
      tool_call_id: "call_5",
      agent: "reviewer",
      parent_step_id: 3,
    }),
    look("cat b.ts", '"quoted"', { ...bash("cat b.ts", "call_6"), agent: "deep", parent_step_id: 5 }),
    failure("npm test", "1 failed", {
      ...bash("npm test", "call_7"),
      is_error: true,
      exit_code: 1,
      exit_code_source: "recorded",
      started_at: "2026-01-01T10:00:09.000Z",
    }),
    change("echo done > out.txt", { observation: "" }),
  );
  return madeRun(made, {
    labels: [label(7, "npm test"), label(8, "echo done", { label: "unuseful", confidence: 1 })],
  });
}

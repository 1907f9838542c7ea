import { expect, it } from "vitest";
import { trajectoryOf } from "../../src/export/atif/index.ts";
import { timestamp } from "../../src/export/atif/timestamps.ts";
import { change, look, steps } from "../support/steps.ts";
import { eventfulRun, label, madeRun } from "./made-run.ts";

it("writes a message for each turn, with the labels of its actions", () => {
  const run = madeRun(
    steps(
      look("cat a.ts", "const a;", {
        tool: "Bash",
        arguments: { command: "cat a.ts" },
        tool_call_id: "call_1",
        thinking: "I read it.",
        started_at: "2026-01-01T10:00:00Z",
        exit_code: 0,
        exit_code_source: "recorded",
        duration_ms: 12,
        tokens: { input: 10, output: 2, cached: 4, reasoning: 1 },
        cost_usd: 0.5,
      }),
      change("rm a.ts", { observation: null, exit_code: 0, exit_code_source: "inferred" }),
    ),
    { labels: [label(2, "rm a.ts", { better_alternative: "Keep it." })] },
  );
  const { extra, ...trajectory } = trajectoryOf(run);
  expect(trajectory).toEqual({
    schema_version: "ATIF-v1.7",
    session_id: trajectory.session_id,
    trajectory_id: trajectory.trajectory_id,
    agent: { name: "coder", version: "1.2", model_name: "some-model" },
    steps: [
      { step_id: 1, source: "user", message: "mend the parser" },
      {
        step_id: 2,
        source: "agent",
        timestamp: "2026-01-01T10:00:00Z",
        message: "",
        reasoning_content: "I read it.",
        tool_calls: [
          {
            tool_call_id: "call_1",
            function_name: "Bash",
            arguments: { command: "cat a.ts" },
            extra: {
              codetracer: {
                step_id: 1,
                kind: "explore",
                name: "cat a.ts",
                failed: false,
                tool_is_recorded: true,
              },
            },
          },
        ],
        observation: {
          results: [
            { source_call_id: "call_1", content: "const a;", extra: { exit_code: 0, duration_ms: 12 } },
          ],
        },
        metrics: {
          prompt_tokens: 10,
          completion_tokens: 2,
          cached_tokens: 4,
          cost_usd: 0.5,
          extra: { reasoning_tokens: 1 },
        },
        extra: { codetracer: { step_ids: [1], stage: "all", labels: [] } },
      },
      {
        step_id: 3,
        source: "agent",
        message: "",
        tool_calls: [
          {
            tool_call_id: "codetracer-step-2",
            function_name: "shell",
            arguments: { command: "rm a.ts" },
            extra: {
              codetracer: {
                step_id: 2,
                kind: "change",
                name: "rm a.ts",
                failed: false,
                tool_is_recorded: false,
              },
            },
          },
        ],
        extra: {
          codetracer: {
            step_ids: [2],
            stage: "all",
            labels: [
              {
                ...label(2, "rm a.ts", { better_alternative: "Keep it." }),
                tool_call_id: "codetracer-step-2",
              },
            ],
            is_onset: true,
          },
        },
      },
    ],
    final_metrics: {
      total_prompt_tokens: 10,
      total_completion_tokens: 2,
      total_cached_tokens: 4,
      total_cost_usd: 0.5,
      total_steps: 3,
    },
  });
  expect(extra).toMatchObject({
    codetracer: { run_id: "made", extractor: "made", diagnosis: { onset_step_id: 2, tracer: "rules" } },
  });
});

it("embeds sub-agents where they were started", () => {
  const { steps: messages, subagent_trajectories = [] } = trajectoryOf(eventfulRun());
  const [reviewer, ...others] = subagent_trajectories;
  expect(others).toEqual([]);
  expect(messages[2]?.observation?.results[1]).toEqual({
    source_call_id: "call_3",
    content: "It is fine.",
    subagent_trajectory_ref: [{ trajectory_id: reviewer?.trajectory_id }],
  });
  expect(reviewer?.agent.name).toBe("reviewer");
  expect(reviewer?.subagent_trajectories?.map(({ agent, steps: own }) => [agent.name, own.length])).toEqual([
    ["deep", 1],
  ]);
});

it("keeps what the main agent's own record holds of a sub-agent there", () => {
  const run = madeRun(steps(look("ls", "a"), look("pwd", "/", { agent: "sidechain" }), look("id", "0")));
  const { steps: messages, subagent_trajectories } = trajectoryOf(run);
  expect(subagent_trajectories).toBeUndefined();
  expect(messages.map(({ extra }) => extra?.is_sidechain)).toEqual([undefined, undefined, true, undefined]);
});

it("says what there is where the agent did nothing", () => {
  expect(trajectoryOf(madeRun([], { task: null })).steps).toEqual([
    { step_id: 1, source: "system", message: "made without steps" },
  ]);
});

it("never gives two turns one spelling of a time", () => {
  const same = (time: string) => timestamp(time, time);
  expect(timestamp("2026-01-01T10:00:00Z", undefined)).toBe("2026-01-01T10:00:00Z");
  expect(same("2026-01-01T10:00:00Z")).toBe("2026-01-01T10:00:00.000000Z");
  expect(same("2026-01-01T10:00:00.120+02:00")).toBe("2026-01-01T10:00:00.120000+02:00");
  expect(same("2026-01-01T10:00:00.120000Z")).toBe("2026-01-01T10:00:00.120Z");
  expect(same("2026-01-01T10:00:00.123456Z")).toBe("2026-01-01T10:00:00.123456000Z");
  expect(timestamp("yesterday", undefined)).toBeUndefined();
  expect(timestamp("2026-13-01T10:00:00Z", undefined)).toBeUndefined();
});

import { expect, it } from "vitest";
import { agentRunOf } from "../../src/export/docent/index.ts";
import { change, failure, look, steps } from "../support/steps.ts";
import { eventfulRun, label, madeRun } from "./made-run.ts";

it("writes messages with the labels in their metadata", () => {
  const run = madeRun(
    steps(
      look("cat a.ts", "const a;", {
        tool: "Bash",
        arguments: { command: "cat a.ts" },
        tool_call_id: "call_1",
        thinking: "I read it.",
      }),
      failure("npm test", "1 failed", { exit_code: 1 }),
      change("rm a.ts"),
    ),
    { labels: [label(3, "rm a.ts")] },
  );
  const { transcripts, metadata, ...rest } = agentRunOf(run);
  expect(rest).toMatchObject({ name: "made", transcript_groups: [] });
  expect(metadata).toMatchObject({
    agent: "coder",
    model: "some-model",
    resolved: null,
    onset_step_id: 3,
    incorrect_step_ids: [3],
    unuseful_step_ids: [],
    scores: {},
  });
  expect(transcripts[0]?.messages.map(({ id: _id, ...message }) => message)).toEqual([
    { role: "user", content: "mend the parser" },
    {
      role: "assistant",
      content: [{ type: "reasoning", reasoning: "I read it." }],
      model: "some-model",
      tool_calls: [{ id: "call_1", function: "Bash", arguments: { command: "cat a.ts" }, type: "function" }],
      metadata: { step_ids: [1] },
    },
    {
      role: "tool",
      content: "const a;",
      tool_call_id: "call_1",
      function: "Bash",
      error: null,
      metadata: { step_id: 1 },
    },
    {
      role: "assistant",
      content: "",
      model: "some-model",
      tool_calls: [
        { id: "codetracer-step-2", function: "shell", arguments: { command: "npm test" }, type: "function" },
      ],
      metadata: { step_ids: [2] },
    },
    {
      role: "tool",
      content: "1 failed",
      tool_call_id: "codetracer-step-2",
      function: "shell",
      error: { type: "failed", exit_code: 1 },
      metadata: { step_id: 2 },
    },
    {
      role: "assistant",
      content: "",
      model: "some-model",
      tool_calls: [
        { id: "codetracer-step-3", function: "shell", arguments: { command: "rm a.ts" }, type: "function" },
      ],
      metadata: { step_ids: [3], labels: [label(3, "rm a.ts")], is_onset: true },
    },
  ]);
});

it("gives each agent a transcript", () => {
  expect(
    agentRunOf(eventfulRun()).transcripts.map(({ name, description, messages }) => [
      name,
      description,
      messages.length,
    ]),
  ).toEqual([
    ["main", null, 10],
    ["reviewer", "started by step 3", 3],
    ["deep", "started by step 5", 2],
  ]);
});

import { describe, expect, it } from "vitest";
import { timesOf } from "../../src/export/spans/times.ts";
import { threadsOf } from "../../src/export/turns.ts";
import { change, look, type StepSketch, steps } from "../support/steps.ts";
import { label, madeRun } from "./made-run.ts";
import { partOf } from "./read-back.ts";
import { eventsIn, spansIn } from "./shapes/otlp.ts";

const run = madeRun(
  steps(
    look("cat a.ts", "const a;", {
      tool: "Bash",
      arguments: { command: "cat a.ts" },
      tool_call_id: "call_1",
      thinking: "I read it.",
      started_at: "2026-01-01T10:00:00.5Z",
      duration_ms: 12,
      tokens: { input: 10, output: 2, cached: 4, reasoning: 1 },
      cost_usd: 1,
    }),
    change("rm a.ts", { observation: "no", is_error: true, failed: true }),
  ),
  { labels: [label(2, "rm a.ts", { confidence: 1 })] },
);
const annotation = {
  name: "codetracer.step_label",
  score: 1,
  label: "incorrect",
  explanation: "It is wrong.\nstep 2, action: rm a.ts",
  annotator_kind: "CODE",
  identifier: "rules-2/by-hand/incorrect",
};

describe("OpenInference", () => {
  const [agent, model, tool, , failed] = spansIn(partOf(run, "openinference", ".spans.jsonl"));

  it("has an agent, a model's turn and a tool, by their names", () => {
    expect(agent).toMatchObject({
      name: "coder",
      startTimeUnixNano: "1767261600500000000",
      attributes: {
        "openinference.span.kind": "AGENT",
        "agent.name": "coder",
        "input.value": "mend the parser",
        "trace.annotations.0.annotation.name": "codetracer.verdict",
      },
    });
    expect(model).toMatchObject({ name: "some-model", kind: 3, parentSpanId: agent?.spanId });
    expect(model?.attributes).toEqual({
      "openinference.span.kind": "LLM",
      "llm.model_name": "some-model",
      "llm.input_messages.0.message.role": "user",
      "llm.input_messages.0.message.content": "mend the parser",
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.content": "I read it.",
      "llm.output_messages.0.message.tool_calls.0.tool_call.id": "call_1",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "Bash",
      "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments": '{"command":"cat a.ts"}',
      "llm.token_count.prompt": "10",
      "llm.token_count.completion": "2",
      "llm.token_count.total": "12",
      "llm.token_count.prompt_details.cache_read": "4",
      "llm.token_count.completion_details.reasoning": "1",
      "llm.cost.total": 1,
      "codetracer.time": "recorded",
    });
    expect(tool).toMatchObject({
      name: "Bash",
      startTimeUnixNano: "1767261600500000000",
      endTimeUnixNano: "1767261600512000000",
      status: {},
    });
    expect(tool?.attributes).toEqual({
      "openinference.span.kind": "TOOL",
      "tool.name": "Bash",
      "tool.id": "call_1",
      "input.value": '{"command":"cat a.ts"}',
      "input.mime_type": "application/json",
      "output.value": "const a;",
      "output.mime_type": "text/plain",
      "codetracer.time": "recorded",
      "codetracer.step_id": "1",
      "codetracer.step_name": "cat a.ts",
      "codetracer.kind": "explore",
      "codetracer.failed": false,
      "codetracer.tool_is_recorded": true,
    });
  });

  it("has the label on its span, and again on a carrier that links to it", () => {
    const inline = Object.entries(annotation).map(([key, value]) => [
      `annotations.0.annotation.${key}`,
      value,
    ]);
    expect(failed).toMatchObject({ status: { code: 2 }, attributes: Object.fromEntries(inline) });
    expect(JSON.parse(String(failed?.attributes["annotations.0.annotation.metadata"]))).toMatchObject({
      step_id: 2,
      is_onset: true,
    });
    const [whole, carrier, ...rest] = spansIn(partOf(run, "openinference", ".annotations.jsonl"));
    expect(rest).toEqual([]);
    expect(whole?.links).toEqual([{ traceId: agent?.traceId, spanId: agent?.spanId }]);
    expect(carrier).toMatchObject({
      parentSpanId: whole?.spanId,
      links: [{ traceId: failed?.traceId, spanId: failed?.spanId }],
      attributes: { "openinference.span.kind": "EVALUATOR", ...Object.fromEntries(inline) },
    });
    expect(carrier?.traceId).not.toBe(agent?.traceId);
  });
});

describe("OpenTelemetry GenAI", () => {
  it("has an event for the verdict and one for each label, on their spans", () => {
    const [agent, , , , failed] = spansIn(partOf(run, "gen-ai", ".spans.jsonl"));
    const [verdict, judged, ...rest] = eventsIn(partOf(run, "gen-ai", ".events.jsonl"));
    expect(rest).toEqual([]);
    expect(verdict).toMatchObject({
      spanId: agent?.spanId,
      eventName: "gen_ai.evaluation.result",
      attributes: { "gen_ai.evaluation.name": "codetracer.verdict" },
    });
    expect(judged).toMatchObject({
      traceId: failed?.traceId,
      spanId: failed?.spanId,
      eventName: "gen_ai.evaluation.result",
      attributes: {
        "gen_ai.evaluation.name": annotation.name,
        "gen_ai.evaluation.score.value": 1,
        "gen_ai.evaluation.score.label": annotation.label,
        "gen_ai.evaluation.explanation": annotation.explanation,
      },
    });
  });

  it("keeps a score a double also where it is whole", () => {
    expect(partOf(run, "gen-ai", ".events.jsonl")).toContain(
      '{"key":"gen_ai.evaluation.score.value","value":{"doubleValue":1}}',
    );
  });

  it("has the names of its operations", () => {
    const spans = spansIn(partOf(run, "gen-ai", ".spans.jsonl"));
    expect(spans.map(({ name, attributes }) => [name, attributes["gen_ai.operation.name"]])).toEqual([
      ["invoke_agent coder", "invoke_agent"],
      ["chat some-model", "chat"],
      ["execute_tool Bash", "execute_tool"],
      ["chat some-model", "chat"],
      ["execute_tool shell", "execute_tool"],
    ]);
  });
});

it("names spans alike in both, and from call to call", () => {
  const ids = (format: string) => spansIn(partOf(run, format, ".spans.jsonl")).map(({ spanId }) => spanId);
  expect(ids("gen-ai")).toEqual(ids("openinference"));
  const same = madeRun(run.workspace.steps, { labels: run.workspace.diagnosis.labels });
  expect(partOf(same, "openinference", ".spans.jsonl")).toBe(partOf(run, "openinference", ".spans.jsonl"));
  const other = madeRun(steps(look("ls", "b")));
  expect(spansIn(partOf(other, "gen-ai", ".spans.jsonl"))[0]?.traceId).not.toBe(
    spansIn(partOf(run, "gen-ai", ".spans.jsonl"))[0]?.traceId,
  );
});

describe("times", () => {
  const times = (...sketches: StepSketch[]) =>
    [...timesOf(threadsOf(steps(...sketches)))]
      .slice(1)
      .map(([id, { start, is_timed }]) => [id, new Date(Number(start / 1_000_000n)).toISOString(), is_timed]);

  it("of a run without any tell the order, far from today", () => {
    expect(times({ action: "a" }, { action: "b", duration_ms: 1000 }, { action: "c" })).toEqual([
      [1, "2000-01-01T00:00:00.000Z", false],
      [2, "2000-01-01T00:00:00.001Z", false],
      [3, "2000-01-01T00:00:01.002Z", false],
    ]);
  });

  it("that go back or are none give way to the order", () => {
    const at = (started_at: string) => ({ action: "a", started_at });
    expect(times(at("2026-01-01T10:00:05Z"), at("2026-01-01T10:00:01Z"), at("soon"))).toEqual([
      [1, "2026-01-01T10:00:05.000Z", true],
      [2, "2026-01-01T10:00:05.001Z", false],
      [3, "2026-01-01T10:00:05.002Z", false],
    ]);
  });

  it("of agents at work at once may overlap", () => {
    const at = (seconds: number, more = {}) => ({
      action: "a",
      started_at: `2026-01-01T10:00:0${seconds}Z`,
      ...more,
    });
    const one = { agent: "one", parent_step_id: 1 };
    const two = { agent: "two", parent_step_id: 1 };
    expect(times(at(0), at(5, one), at(2, two), at(6, one))).toEqual([
      [1, "2026-01-01T10:00:00.000Z", true],
      [2, "2026-01-01T10:00:05.000Z", true],
      [3, "2026-01-01T10:00:02.000Z", true],
      [4, "2026-01-01T10:00:06.000Z", true],
    ]);
  });
});

import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/chat-messages/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { EXTRACTORS } from "../../src/extract/registry.generated.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { tempRun } from "../support/temp-run.ts";

function open(text: string, name = "chat.json") {
  return openDirectory(path.join(tempRun({ [name]: text }), name));
}

const read = (value: unknown) => extractor.extract(open(JSON.stringify(value)));
const call = (id: string, name: string, args: object) => ({
  id,
  type: "function",
  function: { name, arguments: JSON.stringify(args) },
});
const user = (content: unknown) => ({ role: "user", content });
const says = (content: unknown, more: object = {}) => ({ role: "assistant", content, ...more });
const ls = says(null, { tool_calls: [call("a", "bash", { command: "ls" })] });
const answer = { role: "tool", tool_call_id: "a", content: "seen" };

describe("calls and results", () => {
  it("keep apart calls whose ids are used again", () => {
    const { steps, warnings } = read([user("go"), ls, answer, ls, { ...answer, content: "again" }]);
    expect(steps.map((step) => [step.tool_call_id, step.observation])).toEqual([
      ["a", "seen"],
      [undefined, "again"],
    ]);
    expect(warnings).toEqual([]);
  });

  it("read a message that stands there twice once, and say so", () => {
    const twice = { ...ls, id: "m1" };
    const { steps, warnings } = read([user("go"), twice, twice, answer]);
    expect(steps.map((step) => step.observation)).toEqual(["seen"]);
    expect(warnings.map(({ message }) => message)).toEqual([
      "calls that stand there twice with the same ids were read once: 1",
    ]);
  });

  it("are paired in order where they have no ids", () => {
    const legacy = says(null, { function_call: { name: "look", arguments: "{}" } });
    const { steps } = read([user("go"), legacy, { role: "function", name: "look", content: "1" }, legacy]);
    expect(steps.map((step) => step.observation)).toEqual(["1", null]);
  });

  it("leave out a result without a call, and say so", () => {
    const { steps, warnings } = read([
      user("go"),
      { ...answer, tool_call_id: "z" },
      ls,
      answer,
      { ...answer, tool_call_id: "y" },
    ]);
    expect(steps.map((step) => step.observation)).toEqual(["seen"]);
    expect(warnings.map(({ message }) => message)).toEqual([
      "results that answer no call that is there were left out: 2",
    ]);
  });

  it("keep arguments that are no JSON", () => {
    const broken = says(null, { tool_calls: [{ id: "a", function: { name: "edit", arguments: "{cut" } }] });
    expect(read([user("go"), broken]).steps[0]?.arguments).toEqual({ input: "{cut" });
  });
});

describe("commands in text", () => {
  const shown = user("<returncode>0</returncode>\n<output>x</output>");
  const cases: [string, unknown[], string[]][] = [
    ["a fence", [user("go"), says("```bash\nls\n```"), shown], ["ls"]],
    [
      "a call in tags",
      [
        user("go"),
        says('<tool_call>\n{"name": "look", "arguments": {"at": 1}}\n</tool_call>'),
        user("<tool_response>\nx\n</tool_response>"),
      ],
      ['look {"at":1}'],
    ],
    ["a tag", [user("go"), says("<execute_bash>ls</execute_bash>"), user("OBSERVATION:\nx")], ["ls"]],
    [
      "ReAct lines",
      [user("go"), says("Thought: why\nAction: search\nAction Input: frogs"), user("Observation: 3")],
      ['search {"input":"frogs"}'],
    ],
    [
      "a last message that ends with its block",
      [user("go"), says("```bash\nls\n```"), shown, says("```bash\nmake\n```")],
      ["ls", "make"],
    ],
    [
      "a last message that only shows a block",
      [user("go"), says("```bash\nls\n```"), shown, says("Run\n```bash\nmake\n```\nyourself.")],
      ["ls"],
    ],
    [
      "a refused reply",
      [
        user("go"),
        says("```bash\nls\n```"),
        shown,
        says("```sh\na\n```"),
        user("Please always provide one block"),
      ],
      ["ls"],
    ],
    [
      "advice that a person answers",
      [user("help"), says("Try\n```bash\nls\n```"), user("Thanks, that helped!")],
      [],
    ],
  ];
  it.each(cases)("are read from %s", (_, messages, actions) => {
    expect(read(messages).steps.map((step) => step.action)).toEqual(actions);
  });
});

describe("a file of several conversations", () => {
  const other = [user("other"), ls, answer];
  const conversation = [user("go"), ls, answer, says("done")];

  it.each([
    [
      "wrapped, a line each",
      [{ messages: conversation }, { messages: other }].map((row) => JSON.stringify(row)).join("\n"),
    ],
    ["bare, a line each", [conversation, other].map((row) => JSON.stringify(row)).join("\n")],
    ["in an indented list", JSON.stringify([{ messages: conversation }, { messages: other }], null, 2)],
  ])("%s, is a run for each", (_, text) => {
    const found = discoverRuns(open(text), [extractor]).runs.map((run) => extractRun(run));
    expect(found.map(({ trajectory }) => [trajectory.task, trajectory.steps.length])).toEqual([
      ["go", 1],
      ["other", 1],
    ]);
    expect(found.map(({ fidelity }) => fidelity.checks.filter((check) => check.passed === false))).toEqual([
      [],
      [],
    ]);
  });

  it("that is a log of model calls is one run for each conversation, the fullest", () => {
    const requests = [conversation.slice(0, 2), conversation.slice(0, 3), conversation, other];
    const run = open(requests.map((messages) => JSON.stringify({ messages })).join("\n"));
    expect(extractor.rows?.(run)).toEqual([3, 4]);
  });
});

describe("detection", () => {
  const cases: [string, unknown, number][] = [
    ["a chat with calls", [user("go"), ls, answer], 0.5],
    ["a chat without any", [user("hi"), says("hello")], 0],
    ["package.json", { name: "x", type: "module", version: "1.0.0", scripts: {} }, 0],
    ["a catalogue of tools", [{ type: "function", function: { name: "a", parameters: {} } }], 0],
    [
      "typed records of something else",
      [
        { type: "phone_call", id: 1 },
        { type: "sale", id: 2 },
      ],
      0,
    ],
  ];
  it.each(cases)("judges %s", (_, value, confidence) => {
    expect(extractor.detect(open(JSON.stringify(value))).confidence).toBe(confidence);
  });

  it("gives way to every reader of a format of its own", () => {
    const run = open(
      JSON.stringify({
        messages: [user("go"), says("```bash\nls\n```"), user("<returncode>0")],
        trajectory_format: "mini-swe-agent-1",
        info: { mini_version: "1.0" },
      }),
      "a.traj.json",
    );
    expect(discoverRuns(run, EXTRACTORS).runs[0]?.candidates[0]?.extractor.id).toBe("mini-swe-agent");
  });

  it("says that the reading is generic", () => {
    expect(extractor.detect(open(JSON.stringify([user("go"), ls]))).reason).toMatch(/^generic reading/);
  });
});

it("gives a reason for a chat without an action", () => {
  expect(read([user("hi"), says("hello")]).empty_reason).toMatch(/no executed action/);
});

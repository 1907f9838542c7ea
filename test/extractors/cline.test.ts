import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/cline/index.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import type { Trajectory } from "../../src/trajectory/index.ts";
import { tempRun } from "../support/temp-run.ts";

const FILE = "api_conversation_history.json";

function extractMessages(messages: readonly object[]): Trajectory {
  return extractor.extract(openDirectory(tempRun({ [FILE]: JSON.stringify(messages) })));
}

const user = (...texts: string[]): object => ({
  role: "user",
  content: texts.map((text) => ({ type: "text", text })),
});
const assistant = (content: string): object => ({ role: "assistant", content });

describe("a reply with XML", () => {
  const cases: [name: string, reply: string, actions: string[]][] = [
    ["with one call", "<read_file>\n<path>a.c</path>\n</read_file>", ['read_file {"path":"a.c"}']],
    ["with a command", "<execute_command>\n<command>ls</command>\n</execute_command>", ["ls"]],
    [
      "with two calls, of which the first is executed",
      "<list_files><path>.</path></list_files><list_files><path>b</path></list_files>",
      ['list_files {"path":"."}'],
    ],
    ["with a call inside its thoughts", "<thinking><list_files></list_files></thinking> No.", []],
    ["with a call that is cut off", "<write_to_file>\n<path>a</path>\n<content>", []],
    ["with a tag that is no tool", "<path>a</path>", []],
    [
      "that writes a file with closing tags in it",
      "<write_to_file><path>a</path><content>\n<x></write_to_file></content></x>\n</content></write_to_file>",
      ['write_to_file {"path":"a","content":"<x></write_to_file></content></x>"}'],
    ],
    [
      "with nested parameters",
      "<read_file><args><file><path>a</path></file></args></read_file>",
      ['read_file {"args":"<file><path>a</path></file>"}'],
    ],
    ["with text in place of parameters", "<condense>all</condense>", ['condense {"text":"all"}']],
    ["with no parameters", "<condense></condense>", ["condense {}"]],
  ];
  it.each(cases)("%s", (_, reply, actions) => {
    const { steps } = extractMessages([user("<task>x</task>"), assistant(reply)]);
    expect(steps.map((step) => step.action)).toEqual(actions);
  });
});

describe("what comes back for an XML call", () => {
  const call = assistant("<execute_command><command>ls [a] Result:</command></execute_command>");
  const cases: [name: string, texts: string[], observation: string | null][] = [
    ["in one text", ["[execute_command for 'ls'] Result:\nout"], "out"],
    ["in a text of its own", ["[execute_command for 'ls [a] Result:'] Result:", "out"], "out"],
    ["with an empty text", ["[execute_command for 'ls'] Result:"], ""],
    [
      "without what the editor shows",
      ["[execute_command for 'ls'] Result:\nout\n<environment_details>\nx\n</environment_details>"],
      "out",
    ],
    ["with reminders behind it", ["[execute_command for 'ls'] Result:", "out", "# task_progress x"], "out"],
    ["with a heading of another name", ["[run] Result:\nout"], "out"],
    ["never, since the task was interrupted", ["[TASK RESUMPTION] go on"], null],
    ["never: the user says something", ["go on"], null],
  ];
  it.each(cases)("%s", (_, texts, observation) => {
    const { steps } = extractMessages([user("<task>x</task>"), call, user(...texts)]);
    expect(steps.map((step) => step.observation)).toEqual([observation]);
  });
});

describe("native calls", () => {
  const use = (id: string, name: string, input: object): object => ({ type: "tool_use", id, name, input });
  const result = (id: string, content: unknown): object => ({
    type: "tool_result",
    tool_use_id: id,
    content,
  });
  it("are paired by id, also where an id is used again", () => {
    const { steps, warnings } = extractMessages([
      user("<task>x</task>"),
      { role: "assistant", content: [use("a", "read_file", { path: "1" })] },
      { role: "user", content: [result("a", "one")] },
      { role: "assistant", content: [use("a", "read_file", { path: "2" })] },
      { role: "user", content: [result("a", [{ type: "text", text: "two" }]), result("z", "stray")] },
    ]);
    expect(steps.map(({ tool_call_id, observation }) => [tool_call_id, observation])).toEqual([
      ["a", "one"],
      [undefined, "two"],
    ]);
    expect(warnings).toEqual([{ message: "1 results belong to no call that is there", path: FILE }]);
  });

  it("that stand in the file twice are one step", () => {
    const reply = { role: "assistant", content: [use("a", "read_file", { path: "1" })] };
    expect(extractMessages([user("x"), reply, reply]).steps).toHaveLength(1);
  });
});

describe("detection", () => {
  const confidence = (name: string, text: string, focus: boolean): number => {
    const root = tempRun({ [name]: text });
    return extractor.detect(openDirectory(focus ? `${root}/${name}` : root)).confidence;
  };
  const marked = JSON.stringify([user("<task>\nx\n</task>"), user("[read_file for 'a'] Result:")]);
  it.each<[name: string, file: string, text: string, focus: boolean, expected: number]>([
    ["a conversation with Cline's marks", FILE, marked, false, 0.95],
    ["the same under another name", "chat.json", marked, true, 0.95],
    ["a conversation without marks, by its name", FILE, JSON.stringify([user("hello")]), false, 0.8],
    ["messages of anyone in another file", "chat.json", JSON.stringify([user("hello")]), true, 0],
    ["an empty file", FILE, "", false, 0.5],
    ["a list without messages", FILE, "[]", false, 0.5],
    ["something else of that name", FILE, '{"points":[]}', false, 0],
  ])("of %s", (_, file, text, focus, expected) => {
    expect(confidence(file, text, focus)).toBe(expected);
  });
});

it("takes tokens of the side panel only where there are as many requests as replies", () => {
  const request = { ts: 1767344400000, type: "say", say: "api_req_started", text: '{"tokensIn":5}' };
  const call = assistant("<list_files><path>.</path></list_files>");
  const tokens = (requests: readonly object[]): unknown => {
    const files = { [FILE]: JSON.stringify([user("x"), call]), "ui_messages.json": JSON.stringify(requests) };
    return extractor.extract(openDirectory(tempRun(files))).steps[0]?.tokens;
  };
  expect(tokens([request])).toEqual({ input: 5 });
  expect(tokens([request, request])).toBeUndefined();
});

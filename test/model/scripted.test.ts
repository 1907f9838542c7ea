import { describe, expect, it } from "vitest";
import { type ChatMessage, type ChatModel, UNKNOWN_USAGE } from "../../src/model/model.ts";
import { createScriptedModel } from "../../src/model/scripted.ts";
import { tempRun } from "../support/temp-run.ts";

const SIGNAL = new AbortController().signal;

async function scriptOf(name: string, content: string): Promise<ChatModel> {
  return createScriptedModel(name, { cwd: tempRun({ [name]: content }) });
}

/** What a model says turn by turn, `user` being what it is told after each reply. */
async function chat(model: ChatModel, turns: readonly string[], system = "You judge."): Promise<string[]> {
  const messages: ChatMessage[] = [{ role: "system", text: system }];
  const said: string[] = [];
  for (const text of turns) {
    messages.push({ role: "user", text });
    const reply = await ask(model, messages);
    messages.push({ role: "assistant", text: reply });
    said.push(reply);
  }
  return said;
}

async function ask(model: ChatModel, messages: readonly ChatMessage[]): Promise<string> {
  return (await model.complete({ messages, max_output_tokens: 10, signal: SIGNAL })).text;
}

describe("a list of replies", () => {
  it.each([
    ["list.json", '["one", {"text": "two"}]'],
    ["list.jsonl", '"one"\n\n{"text": "two"}\n'],
  ])("answers by the number of replies before, as %s", async (name, content) => {
    const model = await scriptOf(name, content);
    expect(await chat(model, ["a", "b"])).toEqual(["one", "two"]);
    expect(await chat(model, ["other"])).toEqual(["one"]);
    await expect(chat(model, ["a", "b", "c"])).rejects.toMatchObject({
      failure: "not_recorded",
      message: `the script ${name} has no reply for this chat (2 before it); add one`,
    });
  });

  it("holds whole replies", async () => {
    const whole = {
      text: "",
      stop_reason: "refusal",
      usage: { ...UNKNOWN_USAGE, input_tokens: 12, output_tokens: 3 },
      cost_usd: 0.5,
      model: "gpt-5",
    };
    const given = [whole, { text: "x", usage: { input_tokens: "many", output_tokens: -1, other: 3 } }];
    const model = await scriptOf("list.json", JSON.stringify(given));
    const complete = (messages: ChatMessage[]) =>
      model.complete({ messages, max_output_tokens: 10, signal: SIGNAL });
    expect(await complete([])).toEqual(whole);
    expect(await complete([{ role: "assistant", text: "" }])).toEqual({
      text: "x",
      stop_reason: "end",
      usage: UNKNOWN_USAGE,
      cost_usd: null,
      model: null,
    });
  });
});

describe("a list of rules", () => {
  const RULES = JSON.stringify([
    { when: ["step 3", "submit"], reply: "both" },
    { when: "step 3", reply: { text: "three" }, times: 1 },
    { when: "You chunk", reply: "chunked" },
    { reply: "else" },
  ]);

  it.each([
    [["look at step 3 and submit"], "You judge.", ["both"]],
    [["step 3", "step 3", "step 3"], "You judge.", ["three", "else", "else"]],
    [["step 4", "step 3"], "You judge.", ["else", "three"]],
    [["step 4", "step 3"], "You chunk.", ["chunked", "three"]],
    [["submit"], "mind step 3", ["both"]],
  ])("answers %j to %j with %j", async (turns, system, expected) => {
    const model = await scriptOf("rules.json", RULES);
    expect(await chat(model, turns, system)).toEqual(expected);
    expect(await chat(model, turns, system)).toEqual(expected);
  });

  it("does not look at earlier messages", async () => {
    const model = await scriptOf("rules.jsonl", '{"when": "step 3", "reply": "three"}');
    await expect(chat(model, ["step 3", "step 4"])).rejects.toMatchObject({ failure: "not_recorded" });
  });
});

describe("a program", () => {
  it("sees the messages, and may take its time", async () => {
    const model = await scriptOf(
      "model.mjs",
      `export const context_tokens = 9000;
       export default async (messages) => {
         await new Promise((resolve) => setTimeout(resolve, 10));
         return { text: messages.map(({ role, text }) => role + ": " + text).join("; "), cost_usd: 0 };
       };`,
    );
    expect(model.context_tokens).toBe(9000);
    expect(await chat(model, ["a"])).toEqual(["system: You judge.; user: a"]);
  });

  it.each([
    ["null", "not_recorded", "the script model.mjs has no reply for this chat (0 before it); add one"],
    ["3", "malformed_reply", "the script model.mjs must return a text or an object with text"],
    [
      '({ text: "a", stop_reason: "tired" })',
      "malformed_reply",
      "the script model.mjs must return a text or an object with text",
    ],
    [
      'messages.secret.text + "x"',
      "command_failed",
      "the script model.mjs threw TypeError (command_failed); call it by hand to see why",
    ],
    [
      'Promise.reject(Object.assign(new Error("prompt text"), { failure: "context_overflow" }))',
      "context_overflow",
      "the script model.mjs threw Error (context_overflow); call it by hand to see why",
    ],
    [
      'Promise.reject({ failure: "toString" })',
      "command_failed",
      "the script model.mjs threw something (command_failed); call it by hand to see why",
    ],
  ])("that gives %s", async (expression, failure, message) => {
    const model = await scriptOf("model.mjs", `export default (messages) => ${expression};`);
    await expect(chat(model, ["a"])).rejects.toMatchObject({ name: "ModelError", failure, message });
  });
});

it("says nothing once it is aborted", async () => {
  const request = { messages: [], max_output_tokens: 1, signal: AbortSignal.abort() };
  const model = await scriptOf("list.json", '["one"]');
  await expect(model.complete(request)).rejects.toMatchObject({ failure: "aborted" });
});

it.each([
  ["s.json", "[1", "bad_json", "FILE, line 1: no valid JSON: it seems to be cut off"],
  ["s.jsonl", '"a"\n{"b"', "bad_json", "FILE, line 2: no valid JSON: it seems to be cut off"],
  [
    "s.json",
    "{}",
    "bad_argument",
    "the script FILE is not understood: it must be an array of replies or of rules",
  ],
  [
    "s.json",
    '["a", 3]',
    "bad_argument",
    "the script FILE is not understood: entry 2 is no reply: a string, or an object with text, and stop_reason end, length or refusal",
  ],
  [
    "s.jsonl",
    '"a"\n\n{"text": "b", "stop_reason": "stop"}',
    "bad_argument",
    "the script FILE is not understood: line 3 is no reply: a string, or an object with text, and stop_reason end, length or refusal",
  ],
  [
    "s.json",
    '[{"reply": "a"}, "b"]',
    "bad_argument",
    "the script FILE is not understood: entry 2 is no rule with a reply, as others are",
  ],
  [
    "s.json",
    '[{"reply": "a", "when": 3}]',
    "bad_argument",
    "the script FILE is not understood: when of entry 1 must be a text or a list of texts",
  ],
  [
    "s.json",
    '[{"reply": "a", "times": 0}]',
    "bad_argument",
    "the script FILE is not understood: times of entry 1 must be a whole number from 1",
  ],
  [
    "s.mjs",
    "export const a = 1;",
    "bad_argument",
    "the script FILE must export a function of the messages as its default",
  ],
])("refuses %s with %j", async (name, content, code, message) => {
  const folder = tempRun({ [name]: content });
  const thrown: unknown = await createScriptedModel(name, { cwd: folder }).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code, message: message.replace("FILE", `${folder}/${name}`) });
});

it.each(["missing.json", "missing.mjs"])("refuses %s, which is not there", async (name) => {
  await expect(createScriptedModel(name, { cwd: tempRun({}) })).rejects.toMatchObject({ code: "unreadable" });
});

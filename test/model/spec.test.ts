import { expect, it } from "vitest";
import { parseModelSpec } from "../../src/model/spec.ts";
import { CodeTracerError } from "../../src/util/errors.ts";

it.each([
  ["anthropic/claude-opus-4-5", { kind: "anthropic", name: "claude-opus-4-5" }],
  ["openai/gpt-5", { kind: "openai", name: "gpt-5" }],
  ["openai/qwen/qwen3-coder:free", { kind: "openai", name: "qwen/qwen3-coder:free" }],
  [" openai/gpt-5 \n", { kind: "openai", name: "gpt-5" }],
  ["exec:claude -p --model opus", { kind: "exec", command: "claude -p --model opus" }],
  ["exec: cat | sed 's/a:b/c/'", { kind: "exec", command: "cat | sed 's/a:b/c/'" }],
  ["scripted:C:\\models\\a.json", { kind: "scripted", file: "C:\\models\\a.json" }],
  ["recorded:../replies", { kind: "recorded", folder: "../replies" }],
])("takes %j apart", (text, expected) => {
  expect(parseModelSpec(text)).toEqual(expected);
});

const FORMS =
  "anthropic/<model>, openai/<model> (with --base-url for any compatible server), exec:<command>, scripted:<file> or recorded:<folder>";

it.each([
  ["", `no model is named; name one as ${FORMS}`],
  ["gpt-5", 'no model "gpt-5": write openai/gpt-5'],
  ["o3", 'no model "o3": write openai/o3'],
  ["claude-opus-4-5", 'no model "claude-opus-4-5": write anthropic/claude-opus-4-5'],
  [
    "deepseek/deepseek-chat",
    `no model "deepseek/deepseek-chat": write openai/deepseek/deepseek-chat with --base-url, or one of ${FORMS}`,
  ],
  ["Exec:cat", `no model "Exec:cat": it must be ${FORMS}`],
  ["exec:", `the model exec: ends too early; it is ${FORMS}`],
  ["openai/ ", `the model openai/ ends too early; it is ${FORMS}`],
  ["x".repeat(80), `no model "${"x".repeat(60)}…": it must be ${FORMS}`],
])("refuses %j and says what it could be", (text, message) => {
  let thrown: unknown;
  try {
    parseModelSpec(text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(CodeTracerError);
  expect(thrown).toMatchObject({ code: "bad_argument", message });
});

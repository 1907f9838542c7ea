import { expect, it } from "vitest";
import { cleanReason } from "../../src/model/clean-reason.ts";

const ENV = {
  OPENAI_API_KEY: " plain-word-key ",
  SHORT_KEY: "abc",
  PATH: "/usr/bin:/opt/tools",
  GONE_TOKEN: undefined,
};
const PROMPT = "The agent was asked:\n  to build the\tkernel with the new scheduler";

it.each([
  ["", ""],
  ["\n rate \u001b[1mlimit\u001b[0m\u0000 hit\u202e\r\n", "rate limit hit"],
  ["key plain-word-key is wrong, abc is not one", "key [key] is wrong, abc is not one"],
  ["no /usr/bin:/opt/tools/llm", "no /usr/bin:/opt/tools/llm"],
  ["sk-ant-api03-abcdefghijkl and AKIAABCDEFGHIJKLMNOP", "[key] and [key]"],
  ["Authorization: Bearer abcdef.ghijkl", "Authorization: [key]"],
  [`hash ${"0af3".repeat(10)}`, "hash [key]"],
  ["asked: to build the kernel with the new scheduler", ""],
  ["to build the kernel", "to build the kernel"],
  [`start ${"word ".repeat(60)}`, `…${`start ${"word ".repeat(60)}`.trim().slice(-200)}`],
  ["half a pair \ud800", "half a pair \ufffd"],
])("makes of %j what can be shown", (said, expected) => {
  expect(cleanReason(said, { env: ENV, prompt: PROMPT })).toBe(expected);
});

import { expect, it } from "vitest";
import { countTokens, estimateTokens } from "../../src/model/count-tokens.ts";

it.each([
  ["", 0],
  ["hello world", 2],
  ["the <|endoftext|> of <|im_start|>system", 16],
])("counts %j exactly", async (text, tokens) => {
  expect(await countTokens(text)).toBe(tokens);
});

// Without cutting, this takes the tokenizer half an hour.
it("counts a run of a million characters without a space", { timeout: 60_000 }, async () => {
  expect(await countTokens("a".repeat(1_000_000))).toBeGreaterThan(100_000);
});

const SAMPLES = {
  shell: "$ git log --oneline -5\n3f2a9c1 Fix the off-by-one in the parser (#1204)\n".repeat(20),
  json: JSON.stringify({ step_id: 12, action: "sed -n '1,80p' src/app.py", exit_code: 0 }).repeat(20),
  prose: "The run failed because the second build used a stale lock file, which nobody looked at. ".repeat(
    20,
  ),
  numbers: "2025-08-14 12:33:07,412 loss=0.0348211 step=12800\n".repeat(20),
  traceback:
    'File "/usr/lib/python3.11/site-packages/torch/nn/modules.py", line 1194, in _call_impl\n'.repeat(20),
  hex: "d41d8cd98f00b204e9800998ecf8427e  files/archive.tar.gz\n".repeat(20),
};

it.each(Object.entries(SAMPLES))("estimates %s within a quarter", async (_, text) => {
  const ratio = estimateTokens(text) / (await countTokens(text));
  expect(ratio).toBeGreaterThan(0.75);
  expect(ratio).toBeLessThan(1.25);
});

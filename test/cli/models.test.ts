import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { modelsCheck } from "../../src/cli/commands/models.ts";
import type { Io } from "../../src/cli/io.ts";
import { noTerminal } from "../support/no-terminal.ts";
import { tempRun } from "../support/temp-run.ts";

class Sink extends Writable {
  text = "";
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** A clock that goes on by 1.25 s whenever it is looked at. */
function ioIn(cwd: string, env: Record<string, string> = {}): Io & { stdout: Sink; stderr: Sink } {
  let ms = 0;
  return {
    ...noTerminal(),
    stdout: new Sink(),
    stderr: new Sink(),
    env: { PATH: process.env.PATH ?? "", ...env },
    cwd,
    now: () => {
      ms += 1250;
      return ms;
    },
    signal: new AbortController().signal,
  };
}

const FULL = JSON.stringify([
  {
    text: "ready\n\u001b[31mnow",
    model: "gpt-5-2025",
    usage: {
      input_tokens: 12,
      cached_input_tokens: 8,
      cache_write_input_tokens: 0,
      output_tokens: 3,
      reasoning_tokens: 1,
    },
    cost_usd: 0.000123,
  },
]);

describe("codetracer models check", () => {
  it("prints what was understood", async () => {
    const io = ioIn(tempRun({ "full.json": FULL }));
    expect(await modelsCheck({ model: "scripted:full.json", contextTokens: "8000" }, io)).toBe(0);
    expect(io.stdout.text).toBe(`model                 scripted:full.json
provider              script
endpoint              none
named by the server   gpt-5-2025
reply                 ready ⏎ now
stopped               it had said all
input tokens          12
  read from a cache   8
  written to a cache  0
output tokens         3
  of reasoning        1
cost                  $0.000123
context               8000 tokens
prompt caching        no
time                  1.3 s
`);
    expect(io.stderr.text).toBe("");
  });

  it("says what was not reported", async () => {
    const io = ioIn(tempRun({}), { CODETRACER_MODEL: "exec:sed -n 2p" });
    expect(await modelsCheck({}, io)).toBe(0);
    expect(io.stdout.text).toBe(`model                 exec:sed -n 2p
provider              command
endpoint              none
named by the server   not reported
reply                 Reply with the one word ready.
stopped               it had said all
input tokens          not reported
  read from a cache   not reported
  written to a cache  not reported
output tokens         not reported
  of reasoning        not reported
cost                  unknown; give prices with --prices
context               unknown
prompt caching        unknown
time                  1.3 s
`);
  });

  it.each([
    ['[{"text": "", "stop_reason": "refusal"}]', "empty", "refused"],
    [`["${"x".repeat(300)}"]`, `${"x".repeat(200)}…`, "it had said all"],
    ['[{"text": "rea", "stop_reason": "length"}]', "rea", "cut off at the output limit"],
  ])("shows a reply such as %s", async (script, reply, stopped) => {
    const io = ioIn(tempRun({ "s.json": script }));
    expect(await modelsCheck({ model: "scripted:s.json" }, io)).toBe(0);
    expect(io.stdout.text).toContain(`reply                 ${reply}\nstopped               ${stopped}\n`);
  });

  it("prints JSON", async () => {
    const io = ioIn(tempRun({ "full.json": FULL }));
    expect(await modelsCheck({ model: "scripted:full.json", json: true }, io)).toBe(0);
    expect(JSON.parse(io.stdout.text)).toEqual({
      spec: "scripted:full.json",
      provider: "script",
      api: null,
      base_url: null,
      model: "gpt-5-2025",
      reply: "ready\n\u001b[31mnow",
      stop_reason: "end",
      usage: {
        input_tokens: 12,
        cached_input_tokens: 8,
        cache_write_input_tokens: 0,
        output_tokens: 3,
        reasoning_tokens: 1,
      },
      cost_usd: 0.000123,
      context_tokens: null,
      prompt_caching: false,
      seconds: 1.25,
    });
  });

  it("prints failures as JSON, and throws them otherwise", async () => {
    const flags = { model: "openai/gpt-5", baseUrl: "http://127.0.0.1:1/v1", retries: "0" };
    const io = ioIn(tempRun({}));
    await expect(modelsCheck(flags, io)).rejects.toMatchObject({ failure: "connection" });
    expect(io.stdout.text).toBe("");
    expect(await modelsCheck({ ...flags, json: true }, io)).toBe(2);
    expect(JSON.parse(io.stdout.text)).toEqual({
      spec: "openai/gpt-5",
      provider: "openai",
      api: "chat",
      base_url: "http://127.0.0.1:1/v1",
      error: { failure: "connection", status: null, message: expect.stringContaining("127.0.0.1:1") },
    });
  });

  it("needs a model", async () => {
    await expect(modelsCheck({}, ioIn(tempRun({})))).rejects.toMatchObject({
      code: "bad_argument",
      message: "no model is named; give --model or set CODETRACER_MODEL",
    });
  });
});

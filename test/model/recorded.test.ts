import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type ChatModel, type ChatReply, type ChatRequest, UNKNOWN_USAGE } from "../../src/model/model.ts";
import { ModelError } from "../../src/model/model-error.ts";
import { createRecordedModel, recording } from "../../src/model/recorded.ts";
import { requestDigest } from "../../src/model/recording-folder.ts";
import { tempRun } from "../support/temp-run.ts";

const SIGNAL = new AbortController().signal;
const asking = (text: string, max_output_tokens = 10): ChatRequest => ({
  messages: [{ role: "user", text }],
  max_output_tokens,
  signal: SIGNAL,
});

const REPLY: ChatReply = {
  text: "ok",
  stop_reason: "length",
  usage: { ...UNKNOWN_USAGE, input_tokens: 5, cached_input_tokens: 0, output_tokens: 2 },
  cost_usd: 0.01,
  model: "gpt-5-2025",
};

/** Says the prompt and the number of the call. */
function counting(spec = "openai/gpt-5"): ChatModel {
  let calls = 0;
  return {
    spec,
    context_tokens: 400_000,
    complete: async ({ messages }) => {
      calls++;
      if (messages[0]?.text === "fail") throw new ModelError("server", "it failed");
      return { ...REPLY, text: `${messages[0]?.text} ${calls}` };
    },
  };
}

async function textsOf(model: ChatModel, prompts: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const prompt of prompts) texts.push((await model.complete(asking(prompt))).text);
  return texts;
}

describe("a recording", () => {
  it("answers as the model did, repetition by repetition", async () => {
    const folder = path.join(tempRun({}), "deep/replies");
    expect(await textsOf(recording(counting(), folder), ["a", "b", "a"])).toEqual(["a 1", "b 2", "a 3"]);
    const replayed = createRecordedModel(folder, { cwd: "/" });
    expect(replayed.context_tokens).toBe(400_000);
    expect(await textsOf(replayed, ["b", "a", "a", "a", "b"])).toEqual(["b 2", "a 1", "a 3", "a 3", "b 2"]);
    expect(await createRecordedModel(folder, { cwd: "/" }).complete(asking("a"))).toEqual({
      ...REPLY,
      text: "a 1",
    });
  });

  it("holds whole files, and of what was asked the digest alone", async () => {
    const folder = tempRun({});
    await textsOf(recording(counting(), folder), ["a private question", "a private question"]);
    const digest = requestDigest(asking("a private question"));
    expect(fs.readdirSync(folder).sort()).toEqual([`${digest}.2.json`, `${digest}.json`, "recording.json"]);
    expect(fs.readFileSync(path.join(folder, `${digest}.json`), "utf8")).toBe(
      `${JSON.stringify({ request: digest, reply: { ...REPLY, text: "a private question 1" } }, null, 2)}\n`,
    );
    expect(fs.readFileSync(path.join(folder, "recording.json"), "utf8")).toBe(
      `${JSON.stringify({ version: 1, spec: "openai/gpt-5", context_tokens: 400_000 }, null, 2)}\n`,
    );
  });

  it("goes on in its folder, and loses nothing to others that record there", async () => {
    const folder = tempRun({});
    await textsOf(recording(counting(), folder), ["a"]);
    const [one, other] = [recording(counting(), folder), recording(counting(), folder)];
    await Promise.all(Array.from({ length: 10 }, (_, at) => (at % 2 ? one : other).complete(asking("a"))));
    const replayed = await textsOf(
      createRecordedModel(folder, { cwd: "/" }),
      Array.from({ length: 11 }, () => "a"),
    );
    expect(replayed.sort()).toEqual([
      "a 1",
      "a 1",
      "a 1",
      "a 2",
      "a 2",
      "a 3",
      "a 3",
      "a 4",
      "a 4",
      "a 5",
      "a 5",
    ]);
  });

  it("is of one model", async () => {
    const folder = tempRun({});
    recording(counting(), folder);
    expect(() => recording(counting("openai/gpt-4"), folder)).toThrow(
      `${folder} holds replies of another model (openai/gpt-5); record to another folder`,
    );
  });

  it("holds no failures", async () => {
    const folder = tempRun({});
    await expect(recording(counting(), folder).complete(asking("fail"))).rejects.toMatchObject({
      failure: "server",
    });
    expect(fs.readdirSync(folder)).toEqual(["recording.json"]);
  });

  it("cannot lie below a file", () => {
    const file = path.join(tempRun({ a: "" }), "a", "b");
    expect(() => recording(counting(), file)).toThrow(expect.objectContaining({ code: "unreadable" }));
  });
});

describe("a recorded model", () => {
  it.each([
    ["another prompt", asking("b")],
    ["another limit", asking("a", 11)],
    ["another role", { ...asking("a"), messages: [{ role: "system" as const, text: "a" }] }],
  ])("has no reply for %s", async (_, request) => {
    const folder = tempRun({});
    await textsOf(recording(counting(), folder), ["a"]);
    await expect(createRecordedModel(folder, { cwd: "/" }).complete(request)).rejects.toMatchObject({
      failure: "not_recorded",
      message: `${folder} has no reply for this prompt (${requestDigest(request).slice(0, 12)}); prompts, limits or the run have changed since: record again with --record`,
    });
  });

  it("does not answer once aborted", async () => {
    const folder = tempRun({});
    await textsOf(recording(counting(), folder), ["a"]);
    const request = { ...asking("a"), signal: AbortSignal.abort() };
    await expect(createRecordedModel(folder, { cwd: "/" }).complete(request)).rejects.toMatchObject({
      failure: "aborted",
    });
  });

  it.each([
    ["is not there", null],
    ["is another folder", { "readme.md": "" }],
  ])("needs a folder that holds a recording: %s", (_, files) => {
    const folder = files === null ? "nowhere" : tempRun(files);
    expect(() => createRecordedModel(folder, { cwd: "/" })).toThrow(
      `${folder} holds no recorded replies; make some with --record ${folder}`,
    );
  });

  it.each([
    ["{", "no valid JSON"],
    ['{"reply": 3}', "holds no reply; record it again"],
  ])("says which file is broken: %s", async (content, complaint) => {
    const folder = tempRun({});
    recording(counting(), folder);
    const file = path.join(folder, `${requestDigest(asking("a"))}.json`);
    fs.writeFileSync(file, content);
    const thrown: unknown = await createRecordedModel(folder, { cwd: "/" })
      .complete(asking("a"))
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: "bad_json", path: file });
    expect(String(thrown)).toContain(complaint);
  });
});

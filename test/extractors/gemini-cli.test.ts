import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/gemini-cli/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { EXTRACTORS } from "../../src/extract/registry.generated.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { tempRun } from "../support/temp-run.ts";

const IDS = { sessionId: "s-1", projectHash: "abc" };

function session(...messages: object[]): string {
  return JSON.stringify({ ...IDS, messages }, null, 2);
}

function turn(id: string, ...toolCalls: object[]): object {
  return { id, timestamp: "2026-01-01T00:00:00.000Z", type: "gemini", content: "", toolCalls };
}

function read(name: string, text: string) {
  const { runs } = discoverRuns(openDirectory(tempRun({ [name]: text })), [extractor]);
  const [run] = runs;
  if (runs.length !== 1 || !run) throw new Error(`${runs.length} runs`);
  return { ...extractor.extract(run.files), problems: run.files.problems };
}

function places(files: Record<string, string>): string[] {
  return discoverRuns(openDirectory(tempRun(files)), EXTRACTORS).runs.map(
    (run) => `${run.candidates[0]?.extractor.id} ${run.files.focus}`,
  );
}

describe("gemini-cli", () => {
  it("keeps the messages that are whole in a session file that is cut off", () => {
    const text = session(
      turn("1", {
        id: "a",
        name: "glob",
        args: { pattern: "*" },
        status: "success",
        result: [{ text: "x" }],
      }),
      turn("2", {
        id: "b",
        name: "glob",
        args: { pattern: "**" },
        status: "success",
        result: [{ text: "y" }],
      }),
    );
    const cut = read("session-1.json", text.slice(0, text.indexOf('"y"')));
    expect(cut.steps.map(({ action, observation }) => [action, observation])).toEqual([
      ['glob {"pattern":"*"}', "x"],
    ]);
    expect(cut.problems).toEqual([
      { message: "the session file is cut off: its last message was left out", path: "session-1.json" },
    ]);
  });

  it("makes no observation up: a result that is absent stays null, and what the screen showed stands in for it", () => {
    const { steps } = read(
      "session-1.json",
      session(
        turn(
          "1",
          { id: "a", name: "glob", args: {}, status: "executing" },
          { id: "b", name: "glob", args: {}, status: "cancelled" },
          { id: "c", name: "glob", args: {}, status: "success", result: null, resultDisplay: "2 files" },
          {
            id: "d",
            name: "glob",
            args: {},
            status: "success",
            result: [{ inlineData: { mimeType: "image/png" } }],
          },
        ),
      ),
    );
    expect(steps.map(({ observation, is_error }) => [observation, is_error])).toEqual([
      [null, undefined],
      [null, true],
      ["2 files", undefined],
      ["[image/png]", undefined],
    ]);
  });

  it("leaves out usage that is recorded as zeros", () => {
    const tokens = { input: 0, output: 0, cached: 0, thoughts: 0, tool: 0, total: 0 };
    const { steps } = read(
      "session-1.json",
      session({ ...turn("1", { id: "a", name: "glob", args: {} }), tokens }),
    );
    expect(steps.map((step) => step.tokens)).toEqual([undefined]);
  });

  it("reports a result of the stream whose call is not there, and reads on", () => {
    const lines = [
      { type: "init", timestamp: "t", session_id: "s", model: "m" },
      { type: "tool_result", timestamp: "t", tool_id: "gone", status: "success", output: "x" },
      { type: "tool_use", timestamp: "t", tool_name: "glob", tool_id: "g", parameters: { pattern: "*" } },
    ];
    const text = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"type":"tool_res`;
    const { steps, problems } = read("run.jsonl", text);
    expect(steps.map(({ action, observation }) => [action, observation])).toEqual([
      ['glob {"pattern":"*"}', null],
    ]);
    expect(problems).toEqual([
      { message: "a result names a call that is not in the stream; left out", path: "run.jsonl", line: 2 },
      { message: "a line of the stream is not valid JSON; left out", path: "run.jsonl", line: 4 },
    ]);
  });

  it("claims a sub-agent's file for the session that started it", () => {
    const record = (id: string) =>
      `${JSON.stringify({ ...IDS, sessionId: id })}\n${JSON.stringify(turn("1"))}\n`;
    expect(places({ "chats/session-a.jsonl": record("s-1"), "chats/s-1/sub.jsonl": record("sub") })).toEqual([
      "gemini-cli session-a.jsonl",
    ]);
  });

  it("leaves other formats alone", () => {
    expect(
      places({
        "session-x.json": '{"sessionId":"a","messages":[{"role":"user","content":"x"}]}',
        "checkpoint.json": '[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]',
        "telemetry.log": '{"attributes":{"event.name":"other.tool_call"}}',
        "gemini.txt": "I used gemini to write this.",
      }).filter((place) => place.startsWith("gemini-cli")),
    ).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/inspect-ai/index.ts";
import { discoverRuns, placeOf } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import type { Trajectory } from "../../src/trajectory/index.ts";
import { tempRun } from "../support/temp-run.ts";

const call = (id: string, cmd: string): object => ({ id, function: "bash", arguments: { cmd } });
const assistant = (...tool_calls: object[]): object => ({ role: "assistant", content: "", tool_calls });
const tool = (tool_call_id: string, content: string): object => ({ role: "tool", tool_call_id, content });
const sample = (messages: readonly object[], more: object = {}): object => ({
  id: 1,
  epoch: 1,
  input: "Fish.",
  messages,
  output: { model: "m" },
  ...more,
});

function extractSample(messages: readonly object[], more: object = {}): Trajectory {
  const text = JSON.stringify(sample(messages, more), null, 2);
  return extractor.extract(openDirectory(`${tempRun({ "1_epoch_1.json": text })}/1_epoch_1.json`));
}

const LOG = "2025-05-12T20-28-13-04-00_pond.json";
const log = (samples: readonly object[]): object => ({ version: 2, status: "success", eval: {}, samples });

describe("a log of several samples", () => {
  const samples = ["one", "two", "three"].map((cmd) =>
    sample([assistant(call("c", cmd)), tool("c", `${cmd}!`)]),
  );
  const read = (text: string): [string, string | undefined, boolean][] =>
    discoverRuns(openDirectory(tempRun({ [LOG]: text })), [extractor]).runs.map((run) => {
      const { trajectory, fidelity } = extractRun(run);
      return [placeOf(run), trajectory.steps[0]?.action, fidelity.passed];
    });

  it("is a run a sample, named by the line it begins on", () => {
    expect(read(JSON.stringify(log(samples), null, 2))).toEqual([
      [`${LOG}:6`, "one", true],
      [`${LOG}:34`, "two", true],
      [`${LOG}:62`, "three", true],
    ]);
  });

  it("in one line is named by the sample's number", () => {
    expect(read(JSON.stringify(log(samples)))).toEqual([
      [`${LOG}:1`, "one", true],
      [`${LOG}:2`, "two", true],
      [`${LOG}:3`, "three", true],
    ]);
  });

  it("that is cut off gives what of its last sample is whole", () => {
    const text = JSON.stringify(log(samples), null, 2);
    const cut = text.slice(0, text.lastIndexOf('"role": "tool"'));
    expect(read(cut).map(([, action]) => action)).toEqual(["one", "two", "three"]);
  });
});

describe("a sample", () => {
  it("with NaN among its scores is read", () => {
    const text = JSON.stringify(sample([assistant(call("a", "ls"))], { scores: { s: { value: "@" } } }));
    const run = openDirectory(`${tempRun({ "1_epoch_1.json": text.replace('"@"', "NaN") })}/1_epoch_1.json`);
    expect(extractor.extract(run)).toMatchObject({ steps: [{ action: "ls" }], outcome: { resolved: null } });
  });

  it("pairs results by id within their turn, also where ids are used again", () => {
    const { steps, warnings } = extractSample([
      assistant(call("a", "1"), call("b", "2")),
      tool("b", "two"),
      tool("a", "one"),
      assistant(call("a", "3")),
      tool("a", "three"),
      tool("x", "stray"),
    ]);
    expect(
      steps.map(({ action, observation, parallel_group }) => [action, observation, parallel_group]),
    ).toEqual([
      ["1", "one", 1],
      ["2", "two", 1],
      ["3", "three", undefined],
    ]);
    expect(warnings).toEqual([
      { message: "1 tool messages answer no call that is there", path: "1_epoch_1.json" },
    ]);
  });

  it("holds calls that only the transcript tells of, at their place", () => {
    const ran = (id: string, cmd: string, events: object[] = []): object => ({
      event: "tool",
      type: "function",
      id,
      function: "bash",
      arguments: { cmd },
      result: `${cmd}!`,
      events,
    });
    const { steps } = extractSample([assistant(call("b", "kept")), tool("b", "x")], {
      events: [ran("a", "dropped"), ran("b", "kept", [ran("c", "inner")]), ran("d", "last")],
    });
    expect(steps.map(({ action, agent, parent_step_id }) => [action, agent, parent_step_id])).toEqual([
      ["dropped", "main", undefined],
      ["kept", "main", undefined],
      ["inner", "bash", 2],
      ["last", "main", undefined],
    ]);
  });

  it.each<[name: string, more: object, resolved: boolean | null, reward: number | null, exit: string | null]>(
    [
      ["a letter", { scores: { a: { value: "C" } } }, true, 1, null],
      ["scorers that agree", { scores: { a: { value: "I" }, b: { value: 0 } } }, false, 0, null],
      ["scorers that do not", { scores: { a: { value: "I" }, b: { value: 1 } } }, null, null, null],
      ["a part", { scores: { a: { value: "P" } } }, null, 0.5, null],
      ["a value with parts", { scores: { a: { value: { x: 1 } } } }, null, null, null],
      ["no score and a limit", { limit: { type: "token", limit: 9 } }, null, null, "limit: token"],
      ["an exception", { error: { message: "x" } }, null, null, "error"],
    ],
  )("with %s", (_, more, resolved, reward, exit_status) => {
    const { outcome } = extractSample([], more);
    expect(outcome).toMatchObject({ resolved, reward, exit_status });
    expect(outcome.infrastructure_failure !== null).toBe(exit_status === "error");
  });
});

describe("detection", () => {
  it.each<[name: string, file: string, text: string, expected: number]>([
    ["a sample", "1_epoch_1.json", JSON.stringify(sample([])), 0.95],
    ["a log", LOG, JSON.stringify(log([])), 0.95],
    ["chat messages", "1_epoch_1.json", '[{"role":"user","content":"x"}]', 0],
    ["another document with a version", LOG, '{"version":2,"status":"success","steps":[]}', 0],
  ])("of %s", (_, file, text, expected) => {
    expect(extractor.detect(openDirectory(`${tempRun({ [file]: text })}/${file}`)).confidence).toBe(expected);
  });

  it("takes the folder of a log without samples as one run, and with samples only these", () => {
    const places = (files: Record<string, string>): string[] =>
      discoverRuns(openDirectory(tempRun(files)), [extractor]).runs.map(placeOf);
    const journal = { "_journal/start.json": '{"version":2,"eval":{}}' };
    expect(places(journal)).toEqual([""]);
    const text = JSON.stringify(sample([]));
    expect(places({ ...journal, "samples/1_epoch_1.json": text, "samples/a/b_epoch_2.json": text })).toEqual([
      "samples/1_epoch_1.json",
      "samples/a/b_epoch_2.json",
    ]);
  });
});

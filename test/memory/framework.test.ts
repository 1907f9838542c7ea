import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { memoryFile } from "../../src/memory/framework.ts";
import { frameworkOf, memoryFolder } from "../../src/memory/index.ts";

const extractor = { id: "toy", version: 1, confidence: 1, reason: "" };
const named = (name: string | null): string =>
  frameworkOf({ extractor, agent: { name, version: null, model: null } });

it.each([
  [null, "toy"],
  ["Toy", "toy"],
  ["Other Agent 2", "toy.other-agent-2"],
  ["../../etc/passwd", "toy.etc-passwd"],
  ["\u202e", "toy"],
])("runs of agent %j share a memory as %s", (name, expected) => {
  expect(named(name)).toBe(expected);
  expect(memoryFile("/m", named(name))).toBe(`/m/${expected}.jsonl`);
});

it.each(["..", "../up", "/abs", "", "a/../../b"])(
  "a framework named %j stays below the folder",
  (framework) => {
    expect(path.dirname(memoryFile("/m", framework))).toBe("/m");
  },
);

it.each([
  [{ CODETRACER_HOME: "/home/x/ct", XDG_DATA_HOME: "/xdg" }, "/home/x/ct/memory"],
  [{ XDG_DATA_HOME: "/xdg", HOME: "/h" }, "/xdg/codetracer/memory"],
  [{ XDG_DATA_HOME: "relative", HOME: "/h" }, "/h/.local/share/codetracer/memory"],
  [{}, path.join(os.homedir(), ".local/share/codetracer/memory")],
])("lies at the place that %j says", (env, expected) => {
  expect(memoryFolder(env)).toBe(expected);
});

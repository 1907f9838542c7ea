import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeCalibration } from "../../../bench/calibrate/calibration-file.ts";
import { nestedThreshold } from "../../../bench/calibrate/nested-threshold.ts";
import { readCalibration, requireCalibratedFor } from "../../../src/cli/calibration.ts";
import type { ModelTracer } from "../../../src/trace/index.ts";

let folder = "";
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "calibration-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const CALIBRATION = nestedThreshold(
  [{ task: "a", gold: [1], sort: "positive", scores: [{ step_id: 1, probability: 0.5 }] }],
  { method: "agent", config: "c", date: "2025-01-31" },
);

test("what is written is read again", () => {
  const file = path.join(folder, "made", "agent.json");
  writeCalibration(file, CALIBRATION);
  expect(readCalibration(file, "/")).toEqual({ threshold: 0.5, made: { method: "agent", config: "c" } });
  expect(readCalibration("made/agent.json", folder).threshold).toBe(0.5);
  expect(JSON.parse(fs.readFileSync(file, "utf8"))).toEqual(CALIBRATION);
});

test.each([
  ["no file", null],
  ["no JSON", "threshold: 1"],
  ["a threshold above 1", '{"threshold": 40, "made": {}}'],
])("%s is refused by its name", (_, text) => {
  const file = path.join(folder, "agent.json");
  if (text !== null) fs.writeFileSync(file, text);
  expect(() => readCalibration(file, folder)).toThrow(`${file}: expected what codetracer bench`);
});

test("a threshold holds for the tracer that it was chosen for", () => {
  const stored = { threshold: 0.5, made: { method: "agent", config: "model a" } };
  const tracer = (name: string, config: string) => ({ name, config }) as unknown as ModelTracer;
  expect(() => requireCalibratedFor(stored, tracer("agent", "model a"))).not.toThrow();
  expect(() => requireCalibratedFor(stored, tracer("agent", "model b"))).toThrow("not for agent (model b)");
  expect(() => requireCalibratedFor(stored, tracer("direct", "model a"))).toThrow("is for agent (model a)");
});

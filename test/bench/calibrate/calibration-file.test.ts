import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCalibration, writeCalibration } from "../../../bench/calibrate/calibration-file.ts";
import { nestedThreshold } from "../../../bench/calibrate/nested-threshold.ts";

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
  const { method, config, date, rows_digest } = CALIBRATION.made;
  expect(readCalibration(file)).toEqual({ threshold: 0.5, made: { method, config, date, rows_digest } });
  expect(JSON.parse(fs.readFileSync(file, "utf8"))).toEqual(CALIBRATION);
});

test.each([
  ["no file", null],
  ["no JSON", "threshold: 1"],
  ["a threshold above 1", '{"threshold": 40, "made": {}}'],
])("%s is refused by its name", (_, text) => {
  const file = path.join(folder, "agent.json");
  if (text !== null) fs.writeFileSync(file, text);
  expect(() => readCalibration(file)).toThrow(`${file}: expected a calibration`);
});

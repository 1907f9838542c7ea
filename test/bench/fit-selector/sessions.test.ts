import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSessions } from "../../../bench/fit-selector/sessions.ts";

let folder = "";
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "sessions-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const write = (text: string) => fs.writeFileSync(path.join(folder, "candidates.json"), text);

test("blocks become findings; their share counts the stage-first verdict's steps too", () => {
  const row = {
    outcome: "no",
    blocks: [
      { steps: [6, 5], confidence: 80, kind: "a" },
      { steps: [9], confidence: 20, kind: "f" },
    ],
    direct: [5, 9],
    stages: [
      [1, 4],
      [5, 8],
      [9, 10],
    ],
    error_stages: [{ stage: [5, 8], incorrect: [6, 7], unuseful: [], confidence: 60, why: "w" }],
  };
  write(JSON.stringify({ note: "n", rows: { one: row } }));
  const made_up = { step_ids: [5, 6], kind: "fabricated_result", confidence: 0.8 };
  const stuck = { step_ids: [9], kind: "stuck_terminal", confidence: 0.2 };
  expect(readSessions(folder)).toEqual(
    new Map([
      [
        "one",
        {
          findings: [
            { ...made_up, stretch_share: 3 / 4 },
            { ...stuck, stretch_share: 1 / 2 },
          ],
          by_verdict: [
            { ...made_up, stretch_share: 2 / 4 },
            { ...stuck, stretch_share: 0 },
          ],
          direct: [5, 9],
          stage_first: [{ step_ids: [6, 7], confidence: 0.6 }],
        },
      ],
    ]),
  );
});

test.each([
  ["missing", null],
  ["broken", '{"rows": {"one": {"blocks": 3}}}'],
])("a %s file is refused by its name", (_, text) => {
  if (text !== null) write(text);
  expect(() => readSessions(folder)).toThrow(path.join(folder, "candidates.json"));
});

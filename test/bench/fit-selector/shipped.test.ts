import fs from "node:fs";
import { expect, test } from "vitest";
import { readRuns } from "../../../bench/fit-rules/read-runs.ts";
import { readSessions } from "../../../bench/fit-selector/sessions.ts";
import { fitShipped } from "../../../bench/fit-selector/study.ts";
import { weightsJson, weightsOf } from "../../../bench/fit-selector/weights-file.ts";
import { SELECTOR_WEIGHTS } from "../../../src/trace/select/weights.generated.ts";
import { corpusPath } from "../../support/corpus.ts";

const FILE = new URL("../../../src/trace/select/weights.json", import.meta.url);
const folder = corpusPath("codetracebench");

test("the module holds what the readable file holds", () => {
  expect(weightsJson(SELECTOR_WEIGHTS)).toBe(fs.readFileSync(FILE, "utf8"));
});

test.skipIf(!fs.existsSync(folder))(
  "the shipped weights are what the data gives, byte for byte",
  async () => {
    const runs = await readRuns(folder);
    const findings = new Map([...readSessions(folder)].map(([id, session]) => [id, session.findings]));
    const { selector, judged } = fitShipped(runs, findings);
    const { date, command } = SELECTOR_WEIGHTS.made;
    const used = judged.map((one) => one.run);
    expect(weightsJson(weightsOf(selector, used, { date, command }))).toBe(fs.readFileSync(FILE, "utf8"));
  },
  120_000,
);

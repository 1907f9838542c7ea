import { describe, expect, it } from "vitest";
import { MUTATIONS, mutate } from "../../../bench/mutants/mutations.ts";
import type { Extractor } from "../../../src/extract/extractor.ts";
import { checkFidelity } from "../../../src/extract/fidelity/index.ts";
import { type DiskRun, openDirectory } from "../../../src/run/disk-run.ts";
import type { Trajectory } from "../../../src/trajectory/trajectory.ts";
import { tempRun } from "../../support/temp-run.ts";
import { DOCUMENT_WITHOUT_IDS, documentReader, LOG_WITH_IDS, logReader } from "./made-run.ts";

const FORMATS: readonly [string, Extractor, DiskRun][] = [
  ["a log whose answers name their calls", logReader, opened(LOG_WITH_IDS)],
  ["a document whose answers follow their calls", documentReader, opened(DOCUMENT_WITHOUT_IDS)],
];

function opened(text: string): DiskRun {
  return openDirectory(`${tempRun({ "run.made": text })}/run.made`);
}

/** Readers that nobody has reviewed must name the place of every step. */
function learned(reader: Extractor): Extractor {
  return { ...reader, learned: { source_digest: "none" } };
}

/** The checks that fail a reader which returns this, in a format of which nothing is known beforehand. */
function failed(reader: Extractor, run: DiskRun, trajectory: Trajectory): string[] {
  const { checks } = checkFidelity({ ...learned(reader), extract: () => trajectory }, run, trajectory);
  return checks.filter((check) => check.passed === false).map((check) => check.name);
}

/** What catches each mutation where nothing but the raw files and the steps can be looked at. */
const CAUGHT_BY: Readonly<Record<string, string>> = {
  "merge two neighbours": "action refs resolve",
  "swap two steps": "calls in the order of the raw files",
  "lose observations (null)": "observations belong to their calls",
  "lose observations (empty)": "observations belong to their calls",
  "pair with the call before": "observations belong to their calls",
  "pair with the call after": "observations belong to their calls",
  "duplicate steps": "no call twice",
  "drop every 7th step": "calls without a step",
  "cut long texts": "long texts are whole",
  "invent a step": "action refs resolve",
  "invent an observation": "texts of the steps stand in the raw files",
  "refs one line too far": "action refs resolve",
  "drop reasoning": "prose between the calls is read",
};

describe.each(FORMATS)("checkFidelity on %s", (_, reader, run) => {
  const original = reader.extract(run);

  it("passes the reader as it is, and could make every check on texts", () => {
    const { checks } = checkFidelity(learned(reader), run, original);
    expect(checks.filter((check) => check.passed === false)).toEqual([]);
    const unmade = checks.filter((check) => check.passed === null).map((check) => check.name);
    expect(unmade.filter((name) => !/counted|no call twice|lines between/.test(name))).toEqual([]);
  });

  it.each(MUTATIONS.map(({ name }) => name))("fails a reader that would %s", (name) => {
    const mutation = MUTATIONS.find((candidate) => candidate.name === name);
    const spoiled = mutation && mutate(original, mutation);
    if (!spoiled) throw new Error(`the run gives no occasion to ${name}`);
    expect(failed(reader, run, spoiled)).toContain(CAUGHT_BY[name]);
  });

  it("fails a reader that names no places, where they are asked for", () => {
    const steps = original.steps.map((step) => ({ ...step, action_ref: null, observation_ref: null }));
    expect(failed(reader, run, { ...original, steps })).toContain("action refs resolve");
    const [first, ...rest] = original.steps;
    if (!first) throw new Error("no step");
    const partly = { ...original, steps: [{ ...first, action_ref: null }, ...rest] };
    expect(failed(reader, run, partly)).toContain("action refs resolve");
  });
});

import { describe, expect, it } from "vitest";
import { discoverRuns, placeOf } from "../../src/extract/discover.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { tempRun } from "../support/temp-run.ts";
import { toyExtractor } from "../support/toy-extractor.ts";

const LOG = "> ls\na\n> pwd\n/\n";

describe("discoverRuns", () => {
  it("finds runs at any depth, folders and single files, in order", () => {
    const root = tempRun({
      "job/trial-2/toy/log.txt": LOG,
      "job/trial-10/toy/log.txt": LOG,
      "deep/er/still/toy/log.txt": LOG,
      "loose/one.toy": LOG,
      "notes.md": "nothing",
    });
    const { runs } = discoverRuns(openDirectory(root), [toyExtractor()]);
    expect(runs.map(placeOf)).toEqual(["deep/er/still", "job/trial-10", "job/trial-2", "loose/one.toy"]);
  });

  it("takes the opened folder itself, and nothing below a run again", () => {
    const root = tempRun({ "toy/log.txt": LOG, "toy/copy/toy/log.txt": LOG, "toy/x.toy": LOG });
    const { runs } = discoverRuns(openDirectory(root), [toyExtractor()]);
    expect(runs.map(placeOf)).toEqual([""]);
  });

  it("prefers the surest extractor and keeps the others as a fallback", () => {
    const root = tempRun({ "a.toy": LOG });
    const weak = toyExtractor({ id: "weak", detect: () => ({ confidence: 0.6, reason: "plausible" }) });
    const none = toyExtractor({ id: "none", detect: () => ({ confidence: 0.49, reason: "hardly" }) });
    const { runs } = discoverRuns(openDirectory(root), [none, weak, toyExtractor()]);
    expect(runs[0]?.candidates.map(({ extractor }) => extractor.id)).toEqual(["toy", "weak"]);
  });

  it("leaves a file to the run that claims it", () => {
    const root = tempRun({ "main.toy": LOG, "agent-1.toy": LOG });
    const claiming = toyExtractor({
      detect: (run) => ({ confidence: run.focus === "main.toy" ? 0.9 : 0.6, reason: "toy" }),
      claims: (run) => (run.focus === "main.toy" ? ["agent-1.toy"] : []),
    });
    expect(discoverRuns(openDirectory(root), [claiming]).runs.map(placeOf)).toEqual(["main.toy"]);
  });

  it("reads one file alone when the user points at it", () => {
    const root = tempRun({ "a.toy": LOG, "b.toy": LOG });
    const { runs } = discoverRuns(openDirectory(`${root}/b.toy`), [toyExtractor()]);
    expect(runs.map(placeOf)).toEqual(["b.toy"]);
  });
});

describe("a folder that is recognised with the least confidence", () => {
  const fallback = toyExtractor({
    id: "fallback",
    fingerprint: { directories: ["result.json"], contents: "anything" },
    detect: () => ({ confidence: 0.5, reason: "a trial" }),
  });

  it("gives way to a surer run below it", () => {
    const root = tempRun({ "trial/result.json": "{}", "trial/inner/a.toy": LOG });
    const { runs } = discoverRuns(openDirectory(root), [fallback, toyExtractor()]);
    expect(runs.map(placeOf)).toEqual(["trial/inner/a.toy"]);
  });

  it("owns what is no surer", () => {
    const root = tempRun({ "trial/result.json": "{}", "trial/inner/result.json": "{}" });
    expect(discoverRuns(openDirectory(root), [fallback]).runs.map(placeOf)).toEqual(["trial"]);
  });
});

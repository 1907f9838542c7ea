import { describe, expect, it } from "vitest";
import { discoverRuns, placeOf } from "../../src/extract/discover.ts";
import type { Extractor } from "../../src/extract/extractor.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { tempRun } from "../support/temp-run.ts";
import { toyExtractor } from "../support/toy-extractor.ts";

function learned(confidence: number, overrides: Partial<Extractor> = {}): Extractor {
  return toyExtractor({
    id: "greedy",
    learned: { source_digest: "0".repeat(64) },
    detect: () => ({ confidence, reason: "takes everything" }),
    ...overrides,
  });
}

/** Which run is read by whom. */
function readBy(folder: string, extractors: readonly Extractor[]): string[] {
  return discoverRuns(openDirectory(folder), extractors).runs.map(
    (run) => `${placeOf(run)}: ${run.candidates.map(({ extractor }) => extractor.id).join(", ")}`,
  );
}

const unsure = toyExtractor({ detect: () => ({ confidence: 0.5, reason: "could be" }) });

describe("a learned extractor", () => {
  it("reads what no built-in one recognises", () => {
    const folder = tempRun({ "a/toy/log.txt": "> ls\n", "b/toy/log.txt": "nothing\n" });
    expect(readBy(folder, [learned(0.8), toyExtractor()])).toEqual(["a: toy", "b: greedy"]);
  });

  it("takes no run that a built-in one is sure of, however sure it is itself", () => {
    const folder = tempRun({ "toy/log.txt": "> ls\n" });
    expect(readBy(folder, [toyExtractor(), learned(1)])).toEqual([": toy"]);
  });

  it("is not even asked about it", () => {
    const folder = tempRun({ "toy/log.txt": "> ls\n" });
    let asked = 0;
    const detect = () => {
      asked++;
      return { confidence: 1, reason: "mine" };
    };
    readBy(folder, [toyExtractor(), learned(1, { detect })]);
    expect(asked).toBe(0);
  });

  it("takes neither a folder above such a run nor a file in it", () => {
    const folder = tempRun({ "job/all.txt": "x\n", "job/a/toy/log.txt": "> ls\n", "job/a/more.txt": "x\n" });
    const above = learned(1, { fingerprint: { directories: ["all.txt"], contents: "" } });
    expect(readBy(folder, [toyExtractor(), above])).toEqual(["job/a: toy"]);
    const inside = learned(1, { fingerprint: { files: ["more.txt"], contents: "" } });
    expect(readBy(folder, [toyExtractor(), inside])).toEqual(["job/a: toy"]);
  });

  it("beats a built-in one that is unsure and stays behind it, but not where both are as sure", () => {
    const folder = tempRun({ "toy/log.txt": "x\n" });
    expect(readBy(folder, [unsure, learned(0.6)])).toEqual([": greedy, toy"]);
    expect(readBy(folder, [unsure, learned(0.5)])).toEqual([": toy"]);
  });

  it("takes a part of a run of an unsure one if it reads it well, and is told of there if it does not", () => {
    const above = toyExtractor({
      id: "trial",
      fingerprint: { directories: ["result.json"], contents: "" },
      detect: () => ({ confidence: 0.5, reason: "a trial" }),
    });
    const folder = tempRun({ "a/result.json": "{}", "a/logs/toy/log.txt": "> ls\nx\n" });
    expect(readBy(folder, [above, learned(0.8)])).toEqual(["a/logs: greedy"]);
    const wrong = learned(0.8, { countActions: () => 7 });
    expect(readBy(folder, [above, wrong])).toEqual(["a: trial"]);
    const [run] = discoverRuns(openDirectory(folder), [above, wrong]).runs;
    expect(run?.files.problems).toEqual([
      {
        message:
          "the learned extractor greedy recognises logs and does not read it well, so it is not used here: codetracer extractors learn on that file or folder revises it, codetracer extractors forget greedy removes it",
      },
    ]);
  });

  it("leaves no reading of its own among what was refused", () => {
    const folder = tempRun({ "toy/log.txt": "nothing\n" });
    const { refused } = discoverRuns(openDirectory(folder), [toyExtractor(), learned(0.8)]);
    expect(refused).toEqual([]);
  });
});

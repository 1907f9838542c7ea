import { describe, expect, it } from "vitest";
import { discoverRuns, type FoundRun } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import type { Extractor } from "../../src/extract/extractor.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { CodeTracerError } from "../../src/util/errors.ts";
import { tempRun } from "../support/temp-run.ts";
import { toyExtractor } from "../support/toy-extractor.ts";

const GOOD = "> ls\na.txt\n> cat a.txt\nhello\n> make\nok\n";
/** A kind of run that the built-in reader loses a step of. */
const ODD = `> odd\nyes\n${GOOD}`;
const toy = toyExtractor();

/** Reads odd runs without their first step. */
const builtIn = toyExtractor({
  extract: (run) => {
    const whole = toy.extract(run);
    const isOdd = whole.steps[0]?.action === "odd";
    return isOdd
      ? { ...whole, steps: whole.steps.slice(1).map((step, at) => ({ ...step, step_id: at + 1 })) }
      : whole;
  },
});

function standIn(overrides: Partial<Extractor> = {}, instead_of = "toy"): Extractor & { asked: string[] } {
  const asked: string[] = [];
  return {
    ...toy,
    id: "better",
    learned: { source_digest: "0".repeat(64), instead_of },
    ...overrides,
    detect: (run) => {
      asked.push("detect");
      return { ...toy.detect(run), confidence: 0.8 };
    },
    extract: (run) => {
      asked.push("extract");
      return (overrides.extract ?? toy.extract)(run);
    },
    asked,
  };
}

function found(text: string, extractors: readonly Extractor[]): FoundRun {
  const [run] = discoverRuns(openDirectory(tempRun({ "toy/log.txt": text })), extractors).runs;
  if (run === undefined) throw new Error("no run was found");
  return run;
}

/** Who reads a run, why, how many steps, and what is said about it. */
function reading(text: string, extractors: readonly Extractor[]) {
  const { chosen, trajectory, fidelity } = extractRun(found(text, extractors));
  return {
    reader: chosen.extractor.id,
    reason: chosen.detection.reason,
    steps: trajectory.steps.length,
    passed: fidelity.passed,
    warnings: trajectory.warnings.map(({ message }) => message),
  };
}

describe("a learned extractor that stands in for a built-in one", () => {
  it("reads what that one reads badly, and says so", () => {
    expect(reading(ODD, [builtIn, standIn()])).toEqual({
      reader: "better",
      reason:
        "the built-in extractor toy reads it badly (actions counted in the raw bytes); lines that begin with >",
      steps: 4,
      passed: true,
      warnings: [],
    });
  });

  it("reads nothing else", () => {
    const better = standIn();
    expect(reading(GOOD, [builtIn, better])).toMatchObject({ reader: "toy", steps: 3, warnings: [] });
    expect(better.asked).not.toContain("extract");
  });

  it("stands behind the other candidates, so that a workspace that it made goes stale with it", () => {
    const { candidates } = found(GOOD, [builtIn, standIn()]);
    expect(candidates.map(({ extractor }) => extractor.id)).toEqual(["toy", "better"]);
  });

  it("is used where that one cannot read at all", () => {
    const broken = toyExtractor({
      extract: () => {
        throw new CodeTracerError("unreadable", "no");
      },
    });
    expect(reading(GOOD, [broken, standIn()])).toMatchObject({
      reader: "better",
      reason: "the built-in extractor toy cannot read it; lines that begin with >",
      steps: 3,
    });
  });

  it("is not used where it does no better, and a revision is proposed", () => {
    const worse = standIn({ extract: builtIn.extract });
    expect(reading(ODD, [builtIn, worse])).toMatchObject({
      reader: "toy",
      reason: "lines that begin with >",
      steps: 3,
      passed: false,
      warnings: [
        "the built-in extractor toy reads it badly (actions counted in the raw bytes), and the learned extractor better (version 1) that stands in for it reads it badly (actions counted in the raw bytes): codetracer extractors learn on this run starts a revision",
      ],
    });
  });

  it("leaves no warning of its failed reading in the one that holds", () => {
    const complaining = standIn({
      extract: (run) => ({ ...builtIn.extract(run), warnings: [{ message: "of the stand-in" }] }),
    });
    expect(reading(ODD, [builtIn, complaining]).warnings.join()).not.toContain("of the stand-in");
  });

  it("is not asked where it was made for another one, or marks another place", () => {
    const other = standIn({}, "another");
    expect(reading(ODD, [builtIn, other])).toMatchObject({ reader: "toy", passed: false });
    const elsewhere = standIn({ fingerprint: { files: ["log.txt"], contents: "" } });
    expect(reading(ODD, [builtIn, elsewhere])).toMatchObject({ reader: "toy", passed: false });
    expect([...other.asked, ...elsewhere.asked]).toEqual([]);
  });

  it("reads what no built-in one recognises, as any learned one", () => {
    const nobody = toyExtractor({ detect: () => ({ confidence: 0, reason: "no" }) });
    expect(reading(GOOD, [nobody, standIn()])).toMatchObject({ reader: "better", steps: 3 });
  });

  it("has a built-in one behind it where it beats that one and then reads badly, or not at all", () => {
    const unsure = toyExtractor({ detect: () => ({ confidence: 0.5, reason: "could be" }) });
    const learned = (extract: Extractor["extract"]): Extractor => ({
      ...standIn({ extract }),
      learned: { source_digest: "0".repeat(64) },
    });
    expect(reading(ODD, [unsure, learned(toy.extract)])).toMatchObject({ reader: "better", steps: 4 });
    expect(reading(ODD, [unsure, learned(builtIn.extract)])).toMatchObject({
      reader: "toy",
      reason:
        "the learned extractor better (version 1) reads it badly (actions counted in the raw bytes); could be",
      steps: 4,
    });
    const throwing = learned(() => {
      throw new CodeTracerError("bad_extractor", "extract stopped");
    });
    expect(reading(ODD, [unsure, throwing])).toMatchObject({ reader: "toy", steps: 4 });
    const empty = toyExtractor({ ...unsure, extract: (run) => ({ ...toy.extract(run), steps: [] }) });
    expect(reading(ODD, [empty, learned(builtIn.extract)])).toMatchObject({ reader: "better", steps: 3 });
  });

  it("has no part in a file of many runs", () => {
    const rows = toyExtractor({ fingerprint: { files: ["*.toy"], contents: "" }, rows: () => [1, 3] });
    const folder = tempRun({ "a.toy": ODD });
    const better = standIn({ fingerprint: { files: ["*.toy"], contents: "" } });
    const { runs } = discoverRuns(openDirectory(folder), [rows, better]);
    expect(runs.map(({ files, candidates }) => [files.row, candidates.length])).toEqual([
      [1, 1],
      [3, 1],
    ]);
  });
});

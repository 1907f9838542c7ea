import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { discoverRuns, placeOf } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { EXTRACTORS } from "../../src/extract/registry.generated.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { TrajectorySchema } from "../../src/trajectory/index.ts";
import { CodeTracerError } from "../../src/util/errors.ts";
import { directoryDigest } from "../support/directory-digest.ts";
import { tempRun } from "../support/temp-run.ts";

const only = process.env.EXTRACTOR;
/** All of them, or the one that the environment names. */
const CHOSEN = EXTRACTORS.filter(({ id }) => only === undefined || id === only);
if (CHOSEN.length === 0) throw new Error(`there is no extractor ${only} in the list: run npm run gen`);

/** Every fixture of every extractor: a raw run as its agent would leave it, and the trajectory that it holds. */
const FIXTURES = CHOSEN.flatMap((extractor) => {
  const folder = fileURLToPath(new URL(`../../extractors/${extractor.id}/fixtures`, import.meta.url));
  const cases = fs.existsSync(folder)
    ? fs.readdirSync(folder).filter((name) => fs.existsSync(path.join(folder, name, "raw")))
    : [];
  return cases.map((name) => ({
    extractor,
    name: `${extractor.id}/${name}`,
    folder: path.join(folder, name),
  }));
});

const record = process.env.UPDATE_FIXTURES === "1";

describe("every extractor", () => {
  it.each(CHOSEN.map(({ id }) => id))("%s has fixtures and a note", (id) => {
    const isThere = FIXTURES.some((fixture) => fixture.extractor.id === id);
    expect(isThere, `put a raw run into extractors/${id}/fixtures/<case>/raw/`).toBe(true);
    const note = fileURLToPath(new URL(`../../extractors/${id}/README.md`, import.meta.url));
    expect(fs.existsSync(note), `write extractors/${id}/README.md`).toBe(true);
  });

  it("has an id of its own", () => {
    expect(new Set(EXTRACTORS.map((extractor) => extractor.id)).size).toBe(EXTRACTORS.length);
  });

  it.each(["empty", "foreign"])("claims nothing in an %s directory", (kind) => {
    const folder = tempRun({});
    if (kind === "foreign") {
      fs.writeFileSync(path.join(folder, "package.json"), '{"name":"x","version":"1.0.0"}');
      fs.writeFileSync(path.join(folder, "data.jsonl"), '{"a":1}\n{"b":2}\n');
      fs.writeFileSync(path.join(folder, "results.json"), "[1,2,3]");
      fs.writeFileSync(path.join(folder, "trajectory.json"), '{"points":[[0,1],[2,3]]}');
      fs.writeFileSync(path.join(folder, "app.log"), "started\nstopped\n");
    }
    expect(discoverRuns(openDirectory(folder), EXTRACTORS).runs).toEqual([]);
  });
});

describe.each(FIXTURES)("$name", ({ extractor, folder }) => {
  const raw = path.join(folder, "raw");

  it("is one run, recognised by its own extractor", () => {
    const { runs, refused } = discoverRuns(openDirectory(raw), EXTRACTORS);
    const readBy = runs.map((run) => [placeOf(run), ...run.candidates.map((one) => one.extractor.id)]);
    const why = refused.flatMap(({ place, reasons }) => reasons.map((reason) => `${place}: ${reason}`));
    const hint = `runs with their readers: ${JSON.stringify(readBy)}; not recognised: ${JSON.stringify(why)}; a file that is in neither list fits no fingerprint`;
    expect(runs, hint).toHaveLength(1);
    expect(readBy[0]?.[1], hint).toBe(extractor.id);
  });

  it("gives the expected trajectory, within the contract, and leaves the run untouched", () => {
    const before = directoryDigest(raw);
    const { trajectory, fidelity } = extractFirst(raw);
    expect(directoryDigest(raw)).toBe(before);
    expect(() => TrajectorySchema.parse(trajectory)).not.toThrow();
    const text = `${JSON.stringify(trajectory, null, 2)}\n`;
    const file = path.join(folder, "expected.json");
    if (record) fs.writeFileSync(file, text);
    expect(fs.existsSync(file), `record ${file} with UPDATE_FIXTURES=1, and read it`).toBe(true);
    expect(JSON.parse(text)).toEqual(JSON.parse(fs.readFileSync(file, "utf8")));
    const failed = fidelity.checks.filter(({ passed }) => passed === false);
    expect(failed.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([]);
  });

  it("has steps, or says why not, and places that end no earlier than they begin", () => {
    const { trajectory } = extractFirst(raw);
    const isExplained = trajectory.steps.length > 0 || trajectory.empty_reason !== undefined;
    expect(isExplained, "a run without steps needs an empty_reason").toBe(true);
    for (const step of trajectory.steps) {
      expect(step.action_ref === null || step.action_ref.line_start <= step.action_ref.line_end).toBe(true);
    }
  });

  it("survives being cut off anywhere", () => {
    for (const share of [0, 0.1, 0.33, 0.5, 0.75, 0.97]) {
      const cut = cutCopy(raw, share);
      const { runs } = discoverRuns(openDirectory(cut), EXTRACTORS);
      for (const run of runs) {
        try {
          const { trajectory } = extractRun(run);
          expect(() => TrajectorySchema.parse(trajectory)).not.toThrow();
        } catch (error) {
          expect(error).toBeInstanceOf(CodeTracerError);
        }
        expect(run.files.problems.every((problem) => !problem.message.includes("defect"))).toBe(true);
      }
    }
  });
});

function extractFirst(raw: string): ReturnType<typeof extractRun> {
  const [run] = discoverRuns(openDirectory(raw), EXTRACTORS).runs;
  if (!run) throw new Error(`no extractor recognises a run in ${raw}`);
  return extractRun(run);
}

/** A copy of the run whose files all end early, as after a full disk. */
function cutCopy(raw: string, share: number): string {
  const copy = tempRun({});
  fs.cpSync(raw, copy, { recursive: true });
  for (const entry of fs.readdirSync(copy, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) fs.truncateSync(file, Math.floor(fs.statSync(file).size * share));
  }
  return copy;
}

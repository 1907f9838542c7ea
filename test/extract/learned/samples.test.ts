import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openSample, takeSample, writeSample } from "../../../src/extract/learned/samples.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { tempRun } from "../../support/temp-run.ts";
import { toyExtractor } from "../../support/toy-extractor.ts";

const KEY = `sk-ant-api03-${"aB3dE5fG7h".repeat(9)}`;

function taken(files: Record<string, string>) {
  const run = openDirectory(tempRun(files));
  return takeSample(run, toyExtractor().extract(run));
}

describe("a kept sample", () => {
  it("is the run without its secrets, and opens again", () => {
    const sample = taken({ "toy/log.txt": `> export KEY=${KEY}\nok\n`, "notes/a.md": "hello\n" });
    const store = tempRun({});
    if (sample === null) throw new Error("no sample");
    writeSample(store, sample);
    writeSample(store, sample);
    expect(sample.sample).toMatchObject({ focus: null, step_count: 1 });
    const run = openSample(store, sample.sample);
    expect(run.list()).toEqual(["notes/a.md", "toy/log.txt"]);
    expect(run.text("toy/log.txt")).toMatch(/^> export KEY=\[REDACTED:[\w-]+\]\nok\n$/);
    expect(fs.readdirSync(store)).toEqual([sample.sample.digest]);
  });

  it("is refused once it was changed, or is gone", () => {
    const sample = taken({ "toy/log.txt": "> ls\n" });
    if (sample === null) throw new Error("no sample");
    const store = tempRun({});
    writeSample(store, sample);
    fs.appendFileSync(path.join(store, sample.sample.digest, "toy/log.txt"), "> more\n");
    expect(() => openSample(store, sample.sample)).toThrow(/is not what was kept/);
    expect(() => openSample(tempRun({}), sample.sample)).toThrow(/is not what was kept/);
  });

  it("leaves out what was not read where the whole is too much, and is none where that is too much as well", () => {
    const big = "x".repeat(5 << 20);
    expect(taken({ "toy/log.txt": "> ls\n", "big.txt": big })?.files.map(({ name }) => name)).toEqual([
      "toy/log.txt",
    ]);
    expect(taken({ "toy/log.txt": `> ls\n${big}\n` })).toBeNull();
  });
});

import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readExtractor, readStore } from "../../../src/extract/learned/read-store.ts";
import { readersWith } from "../../../src/extract/learned/readers.ts";
import { storeFolder } from "../../../src/extract/learned/store-folder.ts";
import {
  forgetExtractor,
  goBack,
  nextVersion,
  saveVersion,
  setCurrent,
} from "../../../src/extract/learned/write-store.ts";
import { EXTRACTORS } from "../../../src/extract/registry.generated.ts";
import { FORMAT, learnedRecord } from "../../support/learned-record.ts";
import { tempRun } from "../../support/temp-run.ts";

const NOTE = "# My agent\n";

function save(store: string, version: number): void {
  const source = `// version ${version}\n`;
  saveVersion(store, { source, note: NOTE, samples: [], record: learnedRecord(source, { version }) });
}

describe("the store of learned extractors", () => {
  it("lies in CODETRACER_HOME, or in the XDG data directory", () => {
    expect(storeFolder({ CODETRACER_HOME: "/c", XDG_DATA_HOME: "/x", HOME: "/h" })).toBe("/c/extractors");
    expect(storeFolder({ XDG_DATA_HOME: "/x", HOME: "/h" })).toBe("/x/codetracer/extractors");
    expect(storeFolder({ HOME: "/h" })).toBe("/h/.local/share/codetracer/extractors");
  });

  it("is empty where it is not there", () => {
    expect(readStore("/nowhere/at/all")).toEqual({ extractors: [], warnings: [] });
  });

  it("keeps all versions and reads the newest, or the one that was gone back to", () => {
    const store = tempRun({});
    save(store, 1);
    expect(nextVersion(store, "my-agent")).toBe(2);
    save(store, 2);
    expect(readStore(store)).toEqual({
      warnings: [],
      extractors: [
        {
          id: "my-agent",
          folder: path.join(store, "my-agent"),
          versions: [1, 2],
          current: {
            folder: path.join(store, "my-agent/2"),
            source: "// version 2\n",
            note: NOTE,
            record: learnedRecord("// version 2\n", { version: 2 }),
          },
        },
      ],
    });
    setCurrent(store, "my-agent", 1);
    expect(readExtractor(store, "my-agent").current.source).toBe("// version 1\n");
    // A revision made after that does not overwrite the version that was left.
    expect(nextVersion(store, "my-agent")).toBe(3);
  });

  it("goes back past a version that is broken", () => {
    const store = tempRun({});
    for (const version of [1, 2, 3]) save(store, version);
    fs.rmSync(path.join(store, "my-agent/2/record.json"));
    expect(goBack(store, "my-agent")).toBe(1);
    expect(readExtractor(store, "my-agent").current.record.version).toBe(1);
    expect(() => goBack(store, "my-agent")).toThrow(/no earlier version of my-agent/);
    expect(() => setCurrent(store, "my-agent", 2)).toThrow(/is not whole/);
  });

  it("refuses a version that is there, and leaves nothing half written", () => {
    const store = tempRun({});
    save(store, 1);
    expect(() => save(store, 1)).toThrow(/the store of learned extractors cannot be written/);
    expect(fs.readdirSync(path.join(store, "my-agent"))).toEqual(["1", "current"]);
  });

  it.each<[string, (folder: string) => void]>([
    ["other code than was accepted", (folder) => fs.appendFileSync(path.join(folder, "1/extractor.js"), "x")],
    ["a record that is no JSON", (folder) => fs.writeFileSync(path.join(folder, "1/record.json"), "{")],
    ["no record", (folder) => fs.rmSync(path.join(folder, "1/record.json"))],
    ["no pointer", (folder) => fs.rmSync(path.join(folder, "current"))],
    ["a pointer to nowhere", (folder) => fs.writeFileSync(path.join(folder, "current"), "7\n")],
    ["another id", (folder) => fs.renameSync(folder, path.join(path.dirname(folder), "other"))],
  ])("warns about %s and leaves it out", (_, harm) => {
    const store = tempRun({});
    save(store, 1);
    harm(path.join(store, "my-agent"));
    const { extractors, warnings } = readStore(store);
    expect(extractors).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /is not whole and is not used; .*codetracer extractors forget (my-agent|other)$/,
    );
    expect(readersWith(store)).toEqual({ extractors: EXTRACTORS, warnings });
  });

  it("does not use one whose id a built-in extractor has", () => {
    const store = tempRun({});
    const id = EXTRACTORS[0]?.id ?? "";
    saveVersion(store, {
      source: "",
      note: NOTE,
      samples: [],
      record: learnedRecord("", { format: { ...FORMAT, id } }),
    });
    const { extractors, warnings } = readersWith(store);
    expect(extractors).toEqual(EXTRACTORS);
    expect(warnings[0]).toContain(`there is a built-in extractor ${id} now`);
  });

  it("forgets one with all that belongs to it", () => {
    const store = tempRun({});
    save(store, 1);
    forgetExtractor(store, "my-agent");
    expect(fs.readdirSync(store)).toEqual([]);
    expect(() => forgetExtractor(store, "my-agent")).toThrow(/no learned extractor "my-agent"/);
    expect(() => forgetExtractor(store, "../..")).toThrow(/no learned extractor/);
    expect(() => readExtractor(store, "../x")).toThrow(/there are none/);
    expect(() => setCurrent(store, "my-agent", 1)).toThrow(/is not in the store/);
  });
});

import { describe, expect, it } from "vitest";
import { countMarker } from "../../../src/extract/learned/count-marker.ts";
import { driftWarnings } from "../../../src/extract/learned/drift.ts";
import { UNESCAPE } from "../../../src/extract/learned/unescape.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { tempRun } from "../../support/temp-run.ts";
import { toyExtractor } from "../../support/toy-extractor.ts";

describe("a marker", () => {
  const folder = tempRun({ "a/1.log": "<call x><call y>\n<call z>\n", "b.log": "<call \n" });
  it("is counted in the files of its glob, or in all", () => {
    const run = openDirectory(folder);
    expect(countMarker(run, { text: "<call ", files: "a/*.log" })).toBe(3);
    expect(countMarker(run, { text: "<call " })).toBe(4);
    expect(countMarker(run, null)).toBeNull();
  });
  it("is counted in the file that is the run", () => {
    expect(countMarker(openDirectory(`${folder}/b.log`), { text: "<call ", files: "a/*.log" })).toBe(1);
  });
});

describe("escapes", () => {
  it("are undone by the host", () => {
    expect(UNESCAPE.xml("a &lt;b&gt; &amp;&quot;&#65;&#x42;&apos; &nbsp; &#9999999;")).toBe(
      "a <b> &\"AB' &nbsp; &#9999999;",
    );
    expect(UNESCAPE.csv('"say ""hi"""')).toBe('"say "hi""');
    expect(UNESCAPE.none("\\n")).toBe("\\n");
    expect(UNESCAPE.json("a\\nb")).toBe("a\nb");
  });
});

describe("drift", () => {
  const failed = {
    passed: false,
    checks: [
      { name: "good one", passed: true, value: 1, detail: "" },
      { name: "bad one", passed: false, value: 0, detail: "" },
    ],
  };
  const learned = toyExtractor({ learned: { source_digest: "d" } });
  it("is said of learned extractors only, and only where they fail", () => {
    expect(driftWarnings(learned, failed)).toEqual([
      {
        message:
          "the learned extractor toy (version 1) does not fit this run any more (bad one): codetracer extractors learn on this run starts a revision",
      },
    ]);
    expect(driftWarnings(toyExtractor(), failed)).toEqual([]);
    expect(driftWarnings(learned, { passed: true, checks: [] })).toEqual([]);
  });
});

import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { discoverRuns } from "../../src/extract/discover.ts";
import type { Extractor } from "../../src/extract/extractor.ts";
import { noExtractorError, requireRuns } from "../../src/extract/no-extractor.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { CodeTracerError } from "../../src/util/errors.ts";
import { tempRun } from "../support/temp-run.ts";
import { toyExtractor } from "../support/toy-extractor.ts";

/** Wants a key in a file of its own name. */
const keyed: Extractor = toyExtractor({
  id: "keyed",
  title: "Keyed",
  fingerprint: {
    directories: ["agent/run.json"],
    contents: "JSON with messages[] and schema_version or runId",
  },
  detect: () => ({ confidence: 0, reason: "does not match" }),
});

function told(
  files: Readonly<Record<string, string | Buffer>>,
  extractors: readonly Extractor[] = [toyExtractor(), keyed],
): string {
  const root = tempRun(files);
  const opened = openDirectory(root);
  const error = noExtractorError(opened, discoverRuns(opened, extractors), extractors);
  expect(error.code).toBe("no_extractor");
  return error.message.replaceAll(root, "RUN");
}

/** The lines of one section. */
function sectionOf(message: string, title: string): string[] {
  const lines = message.split("\n");
  const from = lines.findIndex((line) => line.startsWith(title));
  if (from < 0) return [];
  const length = lines.slice(from + 1).findIndex((line) => !line.startsWith("  "));
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length).map((line) => line.trim());
}

describe("a directory that no extractor fits", () => {
  it("is told whole: found, nearest, looked for, next", () => {
    const files = {
      "a.toy": "no prompt here",
      "log/events.jsonl": '{"schema_version": 1}\n{"messages": []}\n',
      "b.xyz": "",
      "c.xyz": "",
    };
    expect(told(files)).toMatchInlineSnapshot(`
      "no extractor fits RUN
      found: 4 files
        2 .xyz: empty (largest: b.xyz, 0 bytes)
        1 .toy: text (a.toy, 14 bytes)
        1 .jsonl: JSON lines (log/events.jsonl, 39 bytes)
      looked right by name, but not by what is inside:
        a.toy: Toy: no line begins with >
      nearest formats:
        Keyed: no file is named as its files are; the files hold messages, schema_version, but not runId
        Toy: a.toy is named so; no line begins with >
      looked for:
        Toy: *.toy, toy/log.txt, with lines that begin with >
        Keyed: agent/run.json, with JSON with messages[] and schema_version or runId
      next:
        have a model write a reader, check it and keep it: codetracer extractors learn RUN --model <model>
        or write one by hand, from npm run new-extractor -- <id>: docs/extractors.md leads through it"
    `);
  });

  it("names what a file holds by what is in it, at a glance", () => {
    const files = {
      "list.json": "[1,\n2]",
      "object.json": '{\n"a": 1}',
      "lines.log": '{"a":1}\n{"a":2}\n',
      "long.jsonl": `{"a":"${"x".repeat(20_000)}"}\n{}`,
      "noise.bin": Buffer.from([1, 0, 2, 0]),
      "pointer.dat": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
      "packed.zip": "PK\u0003\u0004",
      "read.me": "words",
      void: "",
    };
    const extensions = Object.keys(files);
    const kinds = extensions.map(
      (name) => sectionOf(told({ [name]: files[name as keyof typeof files] }), "found:")[0],
    );
    expect(kinds).toEqual([
      "1 .json: a JSON list (list.json, 6 bytes)",
      "1 .json: a JSON object (object.json, 9 bytes)",
      "1 .log: JSON lines (lines.log, 16 bytes)",
      "1 .jsonl: JSON, or nearly, on long lines (long.jsonl, 20.0 kB)",
      "1 .bin: binary (noise.bin, 4 bytes)",
      "1 .dat: git-LFS pointer without its contents (pointer.dat, 64 bytes)",
      "1 .zip: archive (packed.zip, 4 bytes)",
      "1 .me: text (read.me, 5 bytes)",
      "1 without extension: empty (void, 0 bytes)",
    ]);
  });

  it("says where a file is a run under another name", () => {
    const message = told({ "deep/session.txt": "> ls\na\n", "deep/other.txt": "> in prose" });
    expect(sectionOf(message, "nearest formats:")).toEqual([
      "Toy: deep/other.txt holds it (lines that begin with >), but is not named so; give codetracer that file itself",
    ]);
  });

  it("does not promise a run where a reader that is pointed at a file finds no step", () => {
    const trusting = toyExtractor({ detect: () => ({ confidence: 0.9, reason: "trusts its user" }) });
    expect(told({ "notes.txt": "nothing of the kind" }, [trusting])).not.toContain(
      "give codetracer that file itself",
    );
    const failing = toyExtractor({
      detect: () => ({ confidence: 0.9, reason: "trusts its user" }),
      extract: () => {
        throw new TypeError("text of the run");
      },
    });
    expect(told({ "notes.txt": "nothing of the kind" }, [failing])).not.toContain("text of the run");
  });

  it("does not take words of prose for keys", () => {
    expect(
      sectionOf(told({ "a.txt": "messages, schema_version and runId are words here" }), "nearest formats:"),
    ).toEqual([]);
    expect(
      sectionOf(told({ "a.txt": String.raw`"{\"messages\": [], \"runId\": 1}"` }), "nearest formats:"),
    ).toEqual([
      "Keyed: no file is named as its files are; the files hold messages, runId, but not schema_version",
    ]);
  });

  it.each([
    [{}, "nothing is written there; give the directory in which the agent left its logs or transcripts"],
    [
      { "a.log": "", "b.log": "\n \n" },
      "nothing is written there; give the directory in which the agent left its logs or transcripts",
    ],
    [
      { "a.dat": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n" },
      "the contents are not here; fetch them with git lfs pull, and try again",
    ],
    [
      { "a.dat": "words" },
      "have a model write a reader, check it and keep it: codetracer extractors learn RUN --model <model>",
    ],
  ])("is followed by the step that helps: %j", (files, step) => {
    expect(sectionOf(told(files), "next:")[0]).toBe(step);
  });

  it("quotes a target that a shell would take apart", () => {
    const root = tempRun({ "it's a run/a.txt": "words" });
    const opened = openDirectory(path.join(root, "it's a run"));
    const { message } = noExtractorError(opened, { runs: [], refused: [] }, []);
    expect(message).toContain(`learn '${root}/it'\\''s a run' --model <model>`);
  });

  it("holds nothing of what stands in the files, and stays short over many of them", () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`d/${at}.kind${at % 30}`, `SECRET ${at} "SECRET": 1`]),
    );
    const message = told(many);
    expect(message).not.toContain("SECRET");
    expect(sectionOf(message, "found:")).toHaveLength(7);
    expect(sectionOf(message, "found:").at(-1)).toBe("and 24 more kinds of name");
    expect(message.length).toBeLessThan(3000);
  });

  it("is an error only where there is no run", () => {
    const root = tempRun({ "a.toy": "> ls\n", "b.txt": "words" });
    expect(requireRuns(openDirectory(root), [toyExtractor()]).runs).toHaveLength(1);
    fs.rmSync(path.join(root, "a.toy"));
    expect(() => requireRuns(openDirectory(root), [toyExtractor()])).toThrow(CodeTracerError);
  });
});

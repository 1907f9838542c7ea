import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { copyRun } from "../../../src/extract/synthesis/run-copy.ts";
import { openSiblings } from "../../../src/extract/synthesis/siblings.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { tempRun } from "../../support/temp-run.ts";

const LIMITS = { file_chars: 20, all_chars: 50, files: 4 };

describe("the copy that a model looks at", () => {
  it("has the run's files as they stand, and says what it has not", () => {
    const run = openDirectory(
      tempRun({
        "a.log": "one\ntwo\n",
        "b/binary.bin": "x\0y",
        "b/long.log": `${"line\n".repeat(9)}`,
        "c.json": '{"a": "[1,2]"}\n',
      }),
    );
    const folder = tempRun({});
    const { file_count, remarks, nonce } = copyRun(run, folder, LIMITS);
    expect(
      openDirectory(folder)
        .list()
        .map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]),
    ).toEqual([
      ["a.log", "one\ntwo\n"],
      ["b/long.log", "line\nline\nline\nline\n"],
      ["c.json", '{"a": "[1,2]"}\n'],
    ]);
    expect({ file_count, remarks }).toEqual({
      file_count: 3,
      remarks: [
        "Only the beginning of these files is here: b/long.log.",
        "These files are left out (binary, not readable, or too much): b/binary.bin.",
      ],
    });
    expect(nonce).toMatch(/^[0-9a-f]{12}$/);
    expect(copyRun(run, tempRun({}), LIMITS).nonce).toBe(nonce);
  });

  it("keeps to its limits over all files", () => {
    const files = Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [`${index}.log`, "0123456789\n"]),
    );
    const folder = tempRun({});
    const { file_count, remarks } = copyRun(openDirectory(tempRun(files)), folder, LIMITS);
    expect(file_count).toBe(4);
    expect(remarks).toEqual(["These files are left out (binary, not readable, or too much): 4.log, 5.log."]);
  });

  it("of a single file holds that file alone", () => {
    const folder = tempRun({});
    copyRun(openDirectory(path.join(tempRun({ "a.log": "x\n", "b.log": "y\n" }), "a.log")), folder);
    expect(fs.readdirSync(folder)).toEqual(["a.log"]);
  });
});

describe("what lies beside a run", () => {
  it("is the nearest folders, without hidden ones and the run itself", () => {
    const names = [1, 2, 3, 9, 10, 11, 12].map((number) => `run-${number}`);
    const parent = tempRun({
      ...Object.fromEntries(names.map((name) => [`${name}/a.log`, "x"])),
      ".git/a.log": "x",
      "b.log": "x",
    });
    const opened = openSiblings(path.join(parent, "run-10")).map(({ name }) => name);
    expect(opened).toEqual(["run-9", "run-11", "run-3", "run-12"]);
  });

  it("is the files of its kind beside a file", () => {
    const parent = tempRun({ "a.log": "x", "b.log": "x", "c.txt": "x", "d/e.log": "x" });
    expect(openSiblings(path.join(parent, "a.log")).map(({ name, files }) => [name, files.focus])).toEqual([
      ["b.log", "b.log"],
    ]);
  });

  it("is nothing where folders are too large, or the target is not there", () => {
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`big/${index}`, ""]));
    const parent = tempRun({ ...many, "run/a.log": "x" });
    expect(openSiblings(path.join(parent, "run"))).toEqual([]);
    expect(openSiblings(path.join(parent, "none"))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { LearnedFormatSchema } from "../../../src/extract/learned/definition.ts";
import { FORMAT } from "../../support/learned-record.ts";

const isTaken = (change: object): boolean => LearnedFormatSchema.safeParse({ ...FORMAT, ...change }).success;

describe("the fingerprint that a model writes", () => {
  it("has defaults for what is left out", () => {
    const { id, title, files, contents } = FORMAT;
    expect(LearnedFormatSchema.parse({ id, title, files, contents })).toEqual({
      ...FORMAT,
      escapes: "json",
      marker: null,
    });
  });

  it.each(["logs/turns.json", "turn-*/call.json", "*.log", "a b/c?d.txt"])("takes %s", (glob) => {
    expect(isTaken({ directories: [glob] })).toBe(true);
  });

  it.each([
    "*",
    "**/a.json",
    "../up.json",
    "/etc/passwd",
    "a//b",
    "*.?",
    "+(a+)+b",
    "{a,b}.json",
    "a*b*c*d*e",
    "./log",
  ])("refuses %s: too wide, a way out, or slow to match", (glob) => {
    expect(isTaken({ directories: [glob] })).toBe(false);
  });

  it.each<[string, object]>([
    ["no globs", { files: undefined }],
    ["a folder in files", { files: ["a/b.log"] }],
    ["an id with a path", { id: "../x" }],
    ["an id in capitals", { id: "MyAgent" }],
    ["a title that ends a comment", { title: "x */ y" }],
    ["contents of two lines", { contents: "a\nb" }],
    ["escapes of its own", { escapes: "base64" }],
    ["a marker of one character", { marker: { text: "x" } }],
  ])("refuses %s", (_, change) => {
    expect(isTaken(change)).toBe(false);
  });
});

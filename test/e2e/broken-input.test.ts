import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { codetracer } from "../support/cli.ts";
import { directoryDigest } from "../support/directory-digest.ts";
import { tempRun } from "../support/temp-run.ts";

const EXAMPLE = fileURLToPath(
  new URL("../../examples/guessed-answer/agent-logs/mini.traj.json", import.meta.url),
);
const TRAJECTORY = fs.readFileSync(EXAMPLE, "utf8");

/** A Claude Code session of two calls, one record a line. */
const SESSION = [
  { type: "user", message: { role: "user", content: "Fix it" } },
  { type: "assistant", message: turn("m1", "toolu_1", "ls") },
  { type: "user", message: answer("toolu_1", "a.txt") },
  { type: "assistant", message: turn("m2", "toolu_2", "cat a.txt") },
  { type: "user", message: answer("toolu_2", "hello") },
].map((record, index) =>
  JSON.stringify({ parentUuid: null, isSidechain: false, sessionId: "s", uuid: `u${index}`, ...record }),
);

/** What a user gets to see: the analysis as JSON, or what went to stderr. */
async function analyze(
  target: string,
  cwd: string,
): Promise<{ exitCode: number | undefined; stderr: string; steps: number; warnings: string[] }> {
  const before = directoryDigest(cwd);
  const { exitCode, stdout, stderr } = await codetracer(["analyze", target, "--json", "--no-out"], { cwd });
  expect(directoryDigest(cwd)).toBe(before);
  const result = exitCode === 0 ? JSON.parse(stdout) : { steps: [], extraction: { warnings: [] } };
  const warnings = result.extraction.warnings as { message: string; path?: string; line?: number }[];
  return {
    exitCode,
    stderr,
    steps: result.steps.length,
    warnings: warnings.map(({ message, path: file, line }) => `${file}:${line}: ${message}`),
  };
}

describe("input in which nothing can be read", () => {
  it.each<[string, Record<string, string | Buffer>, string, RegExp]>([
    ["an empty directory", {}, ".", /no extractor fits \.\nfound: no files/],
    [
      "a directory of something else",
      { "a.md": "# a", "b.json": "[1]" },
      ".",
      /found: 2 files\n {2}1 \.md: text .*\n {2}1 \.json: a JSON list/,
    ],
    [
      "binary garbage",
      { "x.jsonl": Buffer.from([0, 255, 254, 7, 10, 200, 0, 10]) },
      ".",
      /no extractor fits/,
    ],
    [
      "binary garbage called an archive",
      { "x.tar.zst": Buffer.from([1, 2, 3, 4, 5, 6]) },
      "x.tar.zst",
      /x\.tar\.zst/,
    ],
    ["an empty archive file", { "x.tar.gz": "" }, "x.tar.gz", /x\.tar\.gz/],
    ["a file that is not there", {}, "gone.json", /gone\.json: no such file or directory/],
  ])("%s gives a clear error", async (_, files, target, message) => {
    const { exitCode, stderr } = await analyze(target, tempRun(files));
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(exitCode).toBe(2);
  });
});

describe("broken input of which something can be read", () => {
  it.each<[string, Record<string, string | Buffer>, number, RegExp | null]>([
    ["an empty file", { "s.traj.json": "" }, 0, null],
    [
      "a trajectory that is cut off",
      { "s.traj.json": TRAJECTORY.slice(0, TRAJECTORY.indexOf("pip install") + 40) },
      4,
      /s\.traj\.json:\d+: the file is not whole/,
    ],
    [
      "a session whose last line is cut off",
      { "s.jsonl": `${SESSION.slice(0, 4).join("\n")}\n${SESSION[4]?.slice(0, 60)}` },
      2,
      /s\.jsonl:5: /,
    ],
    [
      "two records on a line",
      { "s.jsonl": `${SESSION[0]}\n${SESSION[1]}${SESSION[2]}\n${SESSION[3]} ${SESSION[4]}\n` },
      2,
      null,
    ],
    [
      "a broken line in the middle",
      { "s.jsonl": [...SESSION.slice(0, 3), "{broken", ...SESSION.slice(3)].join("\n") },
      2,
      /s\.jsonl:4: /,
    ],
    [
      "records pretty-printed over many lines",
      { "s.jsonl": SESSION.map((line) => JSON.stringify(JSON.parse(line), null, 2)).join("\n") },
      2,
      null,
    ],
    [
      "one pretty-printed array of all records",
      {
        "s.jsonl": JSON.stringify(
          SESSION.map((line) => JSON.parse(line)),
          null,
          2,
        ),
      },
      2,
      null,
    ],
    ["records encoded twice", { "s.jsonl": SESSION.map((line) => JSON.stringify(line)).join("\n") }, 2, null],
    ["a trajectory encoded twice", { "s.traj.json": JSON.stringify(TRAJECTORY) }, 11, null],
    ["a byte order mark and Windows line ends", { "s.jsonl": `\ufeff${SESSION.join("\r\n")}\r\n` }, 2, null],
    [
      "a NUL and bytes that are no UTF-8",
      {
        "s.jsonl": Buffer.concat([
          Buffer.from(`${SESSION.slice(0, 4).join("\n")}\n`),
          Buffer.from((SESSION[4] ?? "").replace("hello", "h\\u0000\u0001").replace("\u0001", "X")),
          Buffer.from('\n{"x":"'),
          Buffer.from([0xff, 0xfe]),
          Buffer.from('"}\n'),
        ]),
      },
      2,
      /s\.jsonl:6: invalid UTF-8/,
    ],
    ["lone surrogates", { "s.jsonl": SESSION.join("\n").replace("hello", "\\ud83d and \\udc00") }, 2, null],
    ["one line of 50 MB", { "s.jsonl": SESSION.join("\n").replace("hello", "x".repeat(50 << 20)) }, 2, null],
  ])("%s: what can be read is read", async (_, files, steps, warning) => {
    const [name = ""] = Object.keys(files);
    const result = await analyze(name, tempRun(files));
    expect(result.stderr).toBe("");
    expect(result.steps).toBe(steps);
    if (warning === null) expect(result.warnings).toEqual([]);
    else expect(result.warnings.join("\n")).toMatch(warning);
  });

  it("reads a session under a wrong name when the user points at it", async () => {
    const result = await analyze("notes.dat", tempRun({ "notes.dat": SESSION.join("\n") }));
    expect(result.steps).toBe(2);
  });

  it("does not follow links, in circles or out of the run", async () => {
    const cwd = tempRun({ "run/s.jsonl": SESSION.join("\n"), "secret.jsonl": SESSION.join("\n") });
    fs.symlinkSync(".", path.join(cwd, "run/self"));
    fs.symlinkSync("../secret.jsonl", path.join(cwd, "run/out.jsonl"));
    const result = await analyze("run", cwd);
    expect(result.steps).toBe(2);
    expect(result.warnings.filter((warning) => warning.includes("symbolic link"))).toHaveLength(2);
  });

  it("refuses archive entries that lead out of the archive, and reads the rest", async () => {
    const cwd = tempRun({ "inner/run/s.jsonl": SESSION.join("\n"), "inner/evil.jsonl": SESSION.join("\n") });
    await execa("tar", ["-czPf", "../run.tar.gz", "run", "../inner/evil.jsonl"], {
      cwd: path.join(cwd, "inner"),
    });
    const result = await analyze("run.tar.gz", cwd);
    expect(result.steps).toBe(2);
    expect(result.warnings.join("\n")).toMatch(/evil\.jsonl/);
  });
});

function turn(id: string, callId: string, command: string): object {
  const content = [{ type: "tool_use", id: callId, name: "Bash", input: { command } }];
  return { id, role: "assistant", model: "m", content };
}

function answer(callId: string, content: string): object {
  return { role: "user", content: [{ type: "tool_result", tool_use_id: callId, content }] };
}

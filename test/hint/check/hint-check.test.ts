import fs from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { hintCheck } from "../../../src/cli/commands/hint-check.ts";
import { writeWorkspace } from "../../../src/workspace/write.ts";
import { noTerminal } from "../../support/no-terminal.ts";
import { tempRun } from "../../support/temp-run.ts";
import { reportHint, reportRun } from "./traced.ts";

const SAID = "The total must be thirty-four point two five, rounded to cents.";

/** Runs the command over a workspace `ws` whose raw run is `raw` beside it. */
async function run(
  hint: unknown,
  flags: Parameters<typeof hintCheck>[2] = {},
  files: Readonly<Record<string, string>> = {},
) {
  const cwd = tempRun({ "hint.json": typeof hint === "string" ? hint : JSON.stringify(hint), ...files });
  const workspace = reportRun();
  writeWorkspace(path.join(cwd, "ws"), { ...workspace, extraction: { ...workspace.extraction, run: "raw" } });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = {
    ...noTerminal(),
    stdout,
    stderr,
    env: {},
    cwd,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const code = await hintCheck("hint.json", "ws", flags, io);
  const read = (stream: PassThrough): string => (stream.read() as Buffer | null)?.toString() ?? "";
  return { code, out: read(stdout), err: read(stderr) };
}

describe("hint-check", () => {
  it("says that a hint is proven, and against what", async () => {
    expect(await run(reportHint(), {}, { "raw/verifier/out.txt": SAID })).toEqual({
      code: 0,
      out: `ok: 2 points with 2 quotes, ${reportHint().token_count} of 600 tokens, compared with 1 forbidden text\n`,
      err: "",
    });
  });

  it("exits with 1 and names the places", async () => {
    const hint = reportHint({ instead: { action: SAID, check: null } });
    const { code, out } = await run(hint, {}, { "raw/verifier/out.txt": `\n${SAID}` });
    expect(code).toBe(1);
    expect(out.split("\n")[0]).toBe(
      "instead.action: 40 letters and digits in a row of it: what the verifier holds has the same (verifier/out.txt:2), and nothing that the agent saw before its mistake does",
    );
    expect(out).toContain("2 problems: 2 points");
    expect(out).not.toContain("thirty");
  });

  it("takes the raw run and the solution from where they are said to be", async () => {
    const hint = reportHint({ instead: { action: SAID, check: null } });
    const files = {
      "there/test-stdout.txt": SAID,
      "gold/fix.patch": `--- a\n+++ b\n+${SAID}`,
      "gold/beside.patch": "not named",
    };
    const json = await run(hint, { raw: "there", gold: ["gold/fix.patch"], json: true }, files);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      compared: [
        { path: "test-stdout.txt", kind: "output", is_gold: false },
        { path: "fix.patch", kind: "patch", is_gold: true },
      ],
      warnings: [],
    });
  });

  it("says when a raw run that is one file hides what lies beside it", async () => {
    const files = { "raw/session.jsonl": "{}", "raw/report.json": SAID };
    const { code, err } = await run(reportHint(), { raw: "raw/session.jsonl" }, files);
    expect(code).toBe(0);
    expect(err).toContain("warning: the raw run is a single file: what lies beside it was not compared;");
  });

  it("says where there is nothing to compare with", async () => {
    const { code, err } = await run(reportHint());
    expect(code).toBe(0);
    expect(err).toBe(
      "warning: the raw run is not where the workspace was made from: its verifier's files were not compared; name it with --raw\nwarning: nothing of a verifier or a solution was found to compare with: only the quotes are proven; name the solution with --gold\n",
    );
  });

  it("refuses what is no hint", async () => {
    await expect(run("{")).rejects.toThrow(
      /hint\.json: cannot be read as JSON; write one with codetracer hint/,
    );
    await expect(run({ ...reportHint(), facts: [{ text: "x", evidence: [] }] })).rejects.toThrow(
      /hint\.json: facts\.0\.evidence is not of the shape of a hint/,
    );
  });

  it("leaves the raw run as it is", async () => {
    const raw = tempRun({ "verifier/out.txt": SAID });
    const before = fs.readdirSync(raw, { recursive: true });
    await run(reportHint(), { raw });
    expect(fs.readdirSync(raw, { recursive: true })).toEqual(before);
  });
});

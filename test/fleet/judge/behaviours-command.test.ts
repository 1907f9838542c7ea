import path from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { type BehavioursFlags, behaviours } from "../../../src/cli/commands/behaviours.ts";
import type { Io } from "../../../src/cli/io.ts";
import { writeWorkspace } from "../../../src/workspace/write.ts";
import { noTerminal } from "../../support/no-terminal.ts";
import { tempRun } from "../../support/temp-run.ts";
import { run } from "./support.ts";

const RUBRIC = `# Looks first
## Criterion
It looks before it acts.
## Counter-criterion
It acts at once.
## Insufficient evidence
No steps.
## Examples
Present: ls.
`;
/** Says of every rubric that it is not there, but of one. */
const MODEL = `export default (messages) => {
  const ids = [.../verdicts on: (.*)\\.$/.exec(messages.at(-1).text)[1].matchAll(/[a-z-]+/g)].map(([id]) => id);
  const quotes = [{ step: 1, where: "thinking", text: "Let me look around first." }];
  return JSON.stringify({ verdicts: ids.map((rubric) => ({
    rubric, present: rubric === "looks-first", confidence: 0.9, quotes: rubric === "looks-first" ? quotes : [], reason: "read",
  })) });
};`;

async function called(
  cwd: string,
  target: string,
  flags: BehavioursFlags,
): Promise<{ code: number; out: string }> {
  const stdout = new PassThrough();
  const io: Io = {
    ...noTerminal(),
    stdout,
    stderr: new PassThrough(),
    env: { CODETRACER_HOME: path.join(cwd, "home") },
    cwd,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const code = await behaviours(target, flags, io);
  return { code, out: String(stdout.read() ?? "") };
}

function folder(): string {
  const root = tempRun({ "looks-first.md": RUBRIC, "model.mjs": MODEL });
  writeWorkspace(path.join(root, "ws"), run());
  return root;
}

describe("codetracer behaviours", () => {
  it("judges by rules alone where no model is named, and refuses a rubric then", async () => {
    const root = folder();
    const { code, out } = await called(root, "ws", { json: true });
    const printed = JSON.parse(out);
    expect([code, printed.model, printed.judged, printed.usage]).toEqual([0, null, [], null]);
    expect(printed.rules).toHaveLength(12);
    await expect(called(root, "ws", { rubric: ["looks-first.md"] })).rejects.toThrow(
      "--rubric needs a model, since no rule knows a behaviour of your own; give --model or set CODETRACER_MODEL",
    );
  });

  it("has a model judge every behaviour and the user's rubric, once", async () => {
    const root = folder();
    const flags = { model: "scripted:model.mjs", rubric: ["looks-first.md"] };
    const first = JSON.parse((await called(root, "ws", { ...flags, json: true })).out);
    expect(first.judged.map(({ behaviour }: { behaviour: string }) => behaviour)).toEqual([
      ...first.rules.map(({ behaviour }: { behaviour: string }) => behaviour),
      "looks-first",
    ]);
    expect([first.kept_verdicts, first.usage.calls, first.warnings]).toEqual([0, 1, []]);
    const again = JSON.parse((await called(root, "ws", { ...flags, json: true })).out);
    expect([again.judged, again.kept_verdicts, again.usage.calls]).toEqual([first.judged, 13, 0]);
    expect((await called(root, "ws", flags)).out).toContain(
      `  looks-first\n    step 1, 90 % sure, by scripted:model.mjs\n    read\n    step 1, thinking "Let me look around first."\n`,
    );
  });
});

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Bash, InMemoryFs, MountableFs, OverlayFs } from "just-bash";
import { beforeAll, describe, expect, test } from "vitest";
import { writeAgentFolder } from "../../../src/trace/agent/agent-folder.ts";
import { agentTools, SUBMITTED } from "../../../src/trace/agent/tools.ts";
import { compactViews } from "../../../src/trace/views/compact-view.ts";
import { fullView } from "../../../src/trace/views/full-view.ts";
import { look, steps, writeFile } from "../../support/steps.ts";
import { tempRun } from "../../support/temp-run.ts";

const NONCE = "0123456789ab";
const RUN = steps(
  ...Array.from({ length: 40 }, (_, at) =>
    at === 4
      ? look("cat big", `${"wide line of a big file\n".repeat(1400)}final words`, {
          thinking: `First words. ${"It may be long. ".repeat(300)}`,
        })
      : at === 6
        ? writeFile("/app/a[1].py", "print('C:\\\\new')")
        : look(`look at ${at + 1}`, `${"some output ".repeat(60)}\nvalue ${at + 1}`),
  ),
);
const STAGES = [
  { stage_id: 1, stage: "read", start_step_id: 1, end_step_id: 3 },
  { stage_id: 2, stage: "write", start_step_id: 4, end_step_id: 40 },
];
const compact = compactViews(RUN, NONCE);
const full = RUN.map((step) => fullView(step, NONCE));

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

interface Outcome {
  text: string;
  code: number | null;
}
type Runner = (command: string, report?: string) => Promise<Outcome>;

let folder: string;
beforeAll(() => {
  folder = tempRun({});
  writeAgentFolder(folder, { task: "t", steps: RUN, stages: STAGES, tree: "", leads: "", nonce: NONCE });
});

function realShell(shell: string): Runner {
  return async (command, report) => {
    const scratch = tempRun(report === undefined ? {} : { "report.json": report });
    const bin = tempRun({});
    for (const [name, script] of Object.entries(agentTools({ run: folder, scratch }))) {
      const file = path.join(bin, name);
      fs.writeFileSync(file, script.replace("#!/bin/sh", `#!/usr/bin/env ${shell}`), { mode: 0o755 });
    }
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    const { stdout, stderr, status } = spawnSync(shell, ["-c", command], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    const handed = path.join(scratch, SUBMITTED);
    const kept = fs.existsSync(handed) ? `|${fs.readFileSync(handed, "utf8")}` : "";
    const text = (stdout + stderr + kept).replaceAll(folder, "/run").replaceAll(scratch, "/scratch");
    return { text, code: status };
  };
}

const virtual: Runner = async (command, report) => {
  const files = new MountableFs({ base: new InMemoryFs() });
  files.mount("/run", new OverlayFs({ root: folder, mountPoint: "/" }));
  await files.mkdir("/scratch", { recursive: true });
  for (const [name, script] of Object.entries(agentTools())) await files.writeFile(`/tools/${name}`, script);
  if (report !== undefined) await files.writeFile("/scratch/report.json", report);
  const result = await new Bash({ fs: files, cwd: "/run" }).exec(`sh /tools/${command}`);
  const handed = `/scratch/${SUBMITTED}`;
  const kept = (await files.exists(handed)) ? `|${await files.readFile(handed)}` : "";
  return { text: result.stdout + result.stderr + kept, code: result.exitCode };
};

const USAGE = "usage: steps 12-15 30, or steps --stage 2-4; --full shows them whole\n";
const NO_STAGE =
  "there is no stage 30: the run has stages 1-2; after --stage all numbers are stages, for step 30 ask: steps 30";
const NO_WORD = "is no step, no range like 12-15 and no option\n";

describe.each([
  ["dash", realShell("dash")],
  ["bash", realShell("bash")],
  ["just-bash", virtual],
])("the commands in %s", (_, run) => {
  test.each<[string, () => string, number]>([
    ["steps 2", () => compact[1] ?? "", 0],
    ["steps 2-3 1", () => [compact[1], compact[2], compact[0]].join(""), 0],
    ["steps 1,3", () => [compact[0], compact[2]].join(""), 0],
    ["steps 007", () => compact[6] ?? "", 0],
    ["steps --stage 1", () => compact.slice(0, 3).join(""), 0],
    ["steps --stage=1 --full", () => full.slice(0, 3).join(""), 0],
    ["steps --full 1", () => full[0] ?? "", 0],
    ["steps 39-41", () => `${compact[38]}${compact[39]}[the run ends with step 40]\n`, 0],
    ["steps 41", () => "[there is no step 41: the run has steps 1-40]\n", 1],
    ["steps 3-1", () => "[there is no step 3-1: the run has steps 1-40]\n", 1],
    ["steps 0", () => "[there is no step 0: the run has steps 1-40]\n", 1],
    ["steps --stage 99", () => "[there is no stage 99: the run has stages 1-2]\n", 1],
    ["steps --stage 2-1", () => "[there is no stage 2-1: the run has stages 1-2]\n", 1],
    ["steps --stage 30", () => `[${NO_STAGE}]\n`, 1],
    ["steps --stage 1 30", () => `${compact.slice(0, 3).join("")}[${NO_STAGE}]\n`, 0],
    ["steps 30 --stage 1", () => [compact[29], ...compact.slice(0, 3)].join(""), 0],
    ["steps --stage 1 --step 30", () => [...compact.slice(0, 3), compact[29]].join(""), 0],
    ["steps 99 1", () => `[there is no step 99: the run has steps 1-40]\n${compact[0]}`, 0],
    ["steps", () => USAGE, 2],
    ["steps --all", () => `steps: --all ${NO_WORD}${USAGE}`, 2],
    ["steps one", () => `steps: one ${NO_WORD}${USAGE}`, 2],
    ["steps '$(id)'", () => `steps: $(id) ${NO_WORD}${USAGE}`, 2],
    ["steps 1-2-3", () => `steps: 1-2-3 ${NO_WORD}${USAGE}`, 2],
    ["steps 111111111111111111111", () => `steps: 111111111111111111111 ${NO_WORD}${USAGE}`, 2],
    ["find-text 'VALUE 12'", () => "step 12: value 12\n", 0],
    ["find-text 'a[1].py'", () => "step 7: $ cat > /app/a[1].py <<'EOF'\n", 0],
    ["find-text 'C:\\\\new'", () => "step 7: print('C:\\\\new')\n", 0],
    ["find-text final words", () => "step 5: final words\n", 0],
    [
      "find-text First words.",
      () => `step 5: thinks: First words. ${"It may be long. ".repeat(9).slice(0, 129)}\n`,
      0,
    ],
    ["find-text 'no .* such'", () => "[these words stand in no step]\n", 1],
    ["find-text explore", () => "[these words stand in no step]\n", 1],
    [
      "find-text",
      () => "usage: find-text 'words': the steps in which the words stand, upper or lower case alike\n",
      2,
    ],
    ["later 7", () => "step 7 writes /app/a[1].py; later: no step is seen to touch it\n", 0],
    ["later 41", () => "[there is no step 41: the run has steps 1-40]\n", 1],
    ["later ../compact/1", () => "[there is no step ../compact/1: the run has steps 1-40]\n", 1],
    [
      "later",
      () => "usage: later 12: what later steps did to the files that step 12 wrote, and its repeats\n",
      2,
    ],
    ["submit", () => "there is no report yet: write /scratch/report.json, then submit\n", 1],
  ])("%s", async (command, text, code) => {
    expect(await run(command)).toEqual({ text: text(), code });
  });

  test("steps prints whole steps only, and says which are left", async () => {
    const { text } = await run("steps --full 6-40 1-3");
    const said = /\[steps (\d+)-40 1-3 did not fit: ask for them next\]\n$/.exec(text);
    const first = Number(said?.[1]);
    expect(first).toBeGreaterThan(30);
    expect(text.slice(0, said?.index)).toBe(full.slice(5, first - 1).join(""));
    expect(text.length).toBeLessThanOrEqual(21_100);
    expect(text.length + (full[first - 1]?.length ?? 0)).toBeGreaterThan(21_000);
  });

  test("steps cuts nothing where the views are just as long as what fits", async () => {
    const sizes = full.map((view) => view.length);
    const first = full.slice(7).findIndex((_, at) => sum(sizes.slice(7, 8 + at)) > 21_000) + 7;
    const { text } = await run(`steps --full 8-${first}`);
    expect(text).toBe(full.slice(7, first).join(""));
  });

  test("a step that does not fit alone is shown by its ends", async () => {
    const { text } = await run("steps --full 5-6");
    expect(text.startsWith((full[4] ?? "").slice(0, 12_400))).toBe(true);
    expect(text).toContain("\n[the middle is left out here; all of it: /run/views/full/5.txt]\n");
    expect(text.endsWith("final words\n[steps 6 did not fit: ask for them next]\n")).toBe(true);
    expect(text.length).toBeLessThan(21_000);
  });

  test("find-text stops at thirty lines", async () => {
    const lines = (await run("find-text value")).text.trimEnd().split("\n");
    expect(lines).toHaveLength(31);
    expect(lines[0]).toBe("step 1: value 1");
    expect(lines[30]).toBe("[there are more: take words that are rarer]");
  });

  test.each([
    ["an object", '{"stages": []}', { text: 'handed in for checking\n|{"stages": []}', code: 0 }],
    [
      "an empty file",
      "",
      { text: "there is no report yet: write /scratch/report.json, then submit\n", code: 1 },
    ],
  ])("submit takes or refuses %s", async (_name, report, outcome) => {
    expect(await run("submit", report)).toEqual(outcome);
  });

  test.each([["[1, 2]"], ['{"stages": [}'], ["no JSON"]])("submit hands in no %s", async (report) => {
    const { text, code } = await run("submit", report);
    expect(text).toMatch(/^\/scratch\/report\.json is no JSON object: /);
    expect(text).not.toContain("|");
    expect(code).toBe(1);
  });
});

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/tracer-journal/index.ts";
import { openJournal } from "../../src/agent/journal.ts";
import { runLoop } from "../../src/agent/loop.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { extractRun } from "../../src/extract/extract.ts";
import { EXTRACTORS } from "../../src/extract/registry.generated.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import type { Step, Trajectory } from "../../src/trajectory/index.ts";
import { LIMITS, type Said, SESSION, START, say, scripted } from "../agent/scripted-loop.ts";
import { tempRun } from "../support/temp-run.ts";

const FILE = "tracer.jsonl";

/** A folder with the journal of a loop over a script. */
async function traced(said: readonly Said[], files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = tempRun(files);
  const journal = openJournal(path.join(folder, FILE), { ...SESSION, task: "Judge the run." });
  await runLoop(START, scripted(said).ports, LIMITS, journal);
  return folder;
}

const extract = (folder: string): Trajectory => extractor.extract(openDirectory(path.join(folder, FILE)));
const extractText = (text: string): Trajectory => extract(tempRun({ [FILE]: text }));

const HEADER = { type: "session_started", schema: 1, codetracer_version: "1", model: "a/b", pass: 1 };
const replied = (text: string, usage: object = {}): object => ({
  type: "model_replied",
  call: 1,
  text,
  usage,
});
const ran = (command: string, more: object = {}): object => ({
  type: "command_ran",
  call: 1,
  command,
  output: "out",
  exit_code: 0,
  stopped: null,
  ...more,
});
const extractEvents = (...events: object[]): Trajectory =>
  extractText(`${events.map((event) => JSON.stringify(event)).join("\n")}\n`);

describe("a journal that the loop wrote", () => {
  it("gives a step for each command that ran", async () => {
    const folder = await traced([say("add a", "First."), "Nothing.", say("hang", "Then."), say("submit")]);
    const { trajectory, fidelity } = extractRun(found(folder));
    expect(
      trajectory.steps.map(({ action, observation, thinking }) => [action, observation, thinking]),
    ).toEqual([
      ["add a", "", "First."],
      ["hang", "stopped", "Nothing.\n\nThen."],
      ["submit", "taken: a", "I look."],
    ]);
    expect(trajectory.steps[1]).toMatchObject({ exit_code: null, is_error: true });
    expect(trajectory.steps[0]).toMatchObject({
      exit_code: 0,
      tokens: { input: 100, cached: 10, output: 20, reasoning: 5 },
      cost_usd: 0.01,
      action_ref: { path: FILE, line_start: 3, line_end: 3 },
    });
    expect(trajectory).toMatchObject({
      task: "Judge the run.",
      agent: { name: "codetracer", version: "0.1.0", model: "scripted-1" },
      outcome: { resolved: null, reward: null, exit_status: "done" },
    });
    expect(fidelity.passed).toBe(true);
    expect(trajectory.warnings).toHaveLength(1);
  });

  function found(folder: string) {
    const { runs } = discoverRuns(openDirectory(folder), EXTRACTORS);
    expect(runs.map((run) => [run.folder, run.files.focus, run.candidates[0]?.extractor.id])).toEqual([
      ["", FILE, "tracer-journal"],
    ]);
    const [run] = runs;
    if (!run) throw new Error("no run");
    return run;
  }

  it("is one run in a workspace folder, whose other files are none", async () => {
    const workspace = {
      "steps.json": '[\n{"step_id":1,"action":"ls","observation":"a","agent":"main"}\n]\n',
      "stage_ranges.json": '[\n{"stage_id":1,"stage":"x","start_step_id":1,"end_step_id":1}\n]\n',
      "tree.md": "root\n",
      "task.md": "x\n",
      "extraction.json": '{"codetracer_version":"0.1.0","steps":[]}',
      "diagnosis.json": '{"labels":[]}',
      "labels.json": "[]",
      "tracer.jsonl.old": `${JSON.stringify(HEADER)}\n`,
    };
    found(await traced([say("show"), say("submit")], workspace));
  });

  it("stays one run of ours whatever lines of other agents it quotes", async () => {
    const quoted = foreignFiles().map((file) => say(`show ${fs.readFileSync(file, "utf8").slice(0, 1500)}`));
    expect(quoted.length).toBeGreaterThan(20);
    found(await traced([...quoted.slice(0, 19), say("submit")]));
  });

  it("claims no file of another format", () => {
    for (const file of foreignFiles()) {
      const claim = extractor.detect(openDirectory(file));
      expect(claim.confidence, file).toBe(0);
    }
  });

  function foreignFiles(): string[] {
    const root = fileURLToPath(new URL("../../extractors", import.meta.url));
    return fs
      .readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter(
        (name) =>
          name.includes("/raw/") && /\.(?:jsonl?|log|txt)$/.test(name) && !name.startsWith("tracer-journal/"),
      )
      .map((name) => path.join(root, name));
  }
});

describe("prose beside the command", () => {
  const cases: [string, string, string, string | undefined][] = [
    ["before and after the block", "A.\n```sh\nls\n```\nB.", "ls", "A.\n\nB."],
    ["none", "```sh\nls\n```", "ls", undefined],
    ["that names the command", "I run ls:\n```sh\nls\n```", "ls", "I run ls:"],
    ["with a quotation", "A.\n```json\n{}\n```\n```sh\nls\n```", "ls", "A.\n```json\n{}\n```"],
    ["around an indented block", "- A.\n  ```sh\n  ls\n  ```", "ls", "- A."],
    ["with a block left open", "A.\n```sh\nls", "ls", "A."],
    [
      "whole where the command stands in it otherwise",
      "A.\r\n```sh\r\nls\r\npwd\r\n```",
      "ls\npwd",
      "A.\r\n```sh\r\nls\r\npwd\r\n```",
    ],
  ];
  it.each(cases)("%s", (_, text, command, thinking) => {
    const { steps } = extractEvents(HEADER, replied(text), ran(command));
    expect(steps.map((step) => step.thinking)).toEqual([thinking]);
  });
});

describe("several sessions", () => {
  const agents = (steps: readonly Step[]) =>
    steps.map((step) => [step.agent, step.action, step.action_ref?.line_start]);

  it("are agents in their order", () => {
    const one = [replied("x"), ran("ls")];
    const { steps } = extractEvents(
      HEADER,
      ...one,
      { ...HEADER, pass: 2 },
      ...one,
      { ...HEADER, model: "c/d" },
      ...one,
    );
    expect(agents(steps)).toEqual([
      ["main", "ls", 3],
      ["pass-2", "ls", 6],
      ["pass-3", "ls", 9],
    ]);
  });

  it("count once where one was written again", () => {
    const one = [replied("x"), ran("ls")];
    const { steps } = extractEvents(
      HEADER,
      ...one,
      { ...HEADER, pass: 2 },
      ...one,
      HEADER,
      ...one,
      replied("y"),
      ran("id"),
    );
    expect(agents(steps)).toEqual([
      ["main", "ls", 9],
      ["main", "id", 11],
      ["pass-2", "ls", 6],
    ]);
  });
});

describe("broken and foreign lines", () => {
  const ROWS: [string, object[], string[], string | undefined][] = [
    ["no session", [replied("x"), ran("ls")], [], "The file holds no whole session."],
    ["no reply", [HEADER], [], "The model never replied, so nothing was run."],
    [
      "no command",
      [HEADER, replied("x")],
      [],
      "None of the model's replies led to a command that ran to its end.",
    ],
    ["a command without a reply", [HEADER, ran("ls")], [], "The model never replied, so nothing was run."],
    ["an unknown event", [HEADER, { type: "new" }, replied("x"), ran("ls")], ["ls"], undefined],
    [
      "fields of the wrong kind",
      [
        { ...HEADER, model: 1 },
        { type: "model_replied", text: 5, usage: [], cost_usd: -1 },
        ran("ls", { output: 7, exit_code: "x" }),
      ],
      ["ls"],
      undefined,
    ],
  ];
  it.each(ROWS)("%s", (_, events, actions, reason) => {
    const { steps, empty_reason } = extractEvents(...events);
    expect(steps.map((step) => step.action)).toEqual(actions);
    expect(empty_reason).toBe(reason);
    for (const step of steps) expect(step.tokens ?? step.cost_usd).toBeUndefined();
  });

  it("a torn last line is left out", () => {
    const text = [HEADER, replied("x"), ran("ls"), replied("y"), ran("pwd")]
      .map((event) => JSON.stringify(event))
      .join("\n");
    expect(extractText(text.slice(0, -20)).steps.map((step) => step.action)).toEqual(["ls"]);
  });
});

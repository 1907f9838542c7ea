import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { discoverRuns, placeOf } from "../../../src/extract/discover.ts";
import { extractRun } from "../../../src/extract/extract.ts";
import { readExtractor } from "../../../src/extract/learned/read-store.ts";
import { readersWith } from "../../../src/extract/learned/readers.ts";
import { learn } from "../../../src/extract/synthesis/learn.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { inventedRun } from "../../support/invented-layouts.ts";
import { pipeLog } from "../../support/synthesizers/pipe-log.mjs";
import { tempRun } from "../../support/temp-run.ts";
import { handedIn, portsOf, spokenModel } from "./spoken-model.ts";

function hand(verb: "check" | "submit", source: string, fingerprint: object = pipeLog.fingerprint): string {
  return handedIn(verb, source, fingerprint);
}

/** A run of the same format after its maker renamed `out` to `ret`. */
function drifted(): string {
  const [[name, text] = ["", ""]] = Object.entries(inventedRun("pipe-log", 5));
  return tempRun({ [`run/${name}`]: text.replaceAll("|out|", "|ret|") });
}

const readsBoth = pipeLog.right
  .replaceAll("say|run|out", "say|run|out|ret")
  .replace('=== "out"', '!== "say" && match[2] !== "run"');
const readsNewOnly = pipeLog.right.replaceAll("say|run|out", "say|run|ret").replace('=== "out"', '=== "ret"');

async function learnedStore(): Promise<string> {
  const store = tempRun({});
  const model = spokenModel([hand("submit", pipeLog.right)]);
  const learned = await learn(
    path.join(tempRun(prefixed("run", inventedRun("pipe-log", 1))), "run"),
    portsOf(store, model),
  );
  expect(learned).toMatchObject({ status: "learned", checks: 1, usage: { calls: 1, cost_usd: 0.01 } });
  return store;
}

function prefixed(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

describe("a format that moves on", () => {
  it("is told in the run's warnings, and revised by a version that still reads the samples", async () => {
    const store = await learnedStore();
    const run = path.join(drifted(), "run");
    const [found] = discoverRuns(openDirectory(run), readersWith(store).extractors).runs;
    if (!found) throw new Error("not found");
    const { trajectory, fidelity } = extractRun(found);
    expect(fidelity.passed).toBe(false);
    expect(trajectory.warnings.map(({ message }) => message).join()).toContain(
      "the learned extractor pipe-log (version 1) does not fit this run any more",
    );

    const model = spokenModel([
      "earlier && ls /scratch",
      hand("submit", readsNewOnly),
      hand("submit", readsBoth),
    ]);
    const learned = await learn(run, portsOf(store, model));
    expect(model.sent[0]).toContain("There is a reader for this format already, version 1 of `pipe-log`");
    expect(model.sent[1]).toContain("extractor.js");
    expect(model.sent[2]).toContain("It was not taken.");
    expect(model.sent[2]).toMatch(/a sample kept from an earlier run \(not shown\), no\. 1: FAILED/);
    expect(learned).toMatchObject({ status: "learned", checks: 2 });
    const stored = readExtractor(store, "pipe-log");
    expect(stored.versions).toEqual([1, 2]);
    expect(stored.current.record).toMatchObject({
      version: 2,
      samples: [{ step_count: 12 }, { step_count: 12 }],
      evidence: [{ run: "this" }, { run: "sample" }],
      accepted_at: "2026-01-01T00:00:00.000Z",
    });
    expect(fs.existsSync(path.join(stored.folder, "1/extractor.js"))).toBe(true);
    expect(await learn(run, portsOf(store, spokenModel([])))).toMatchObject({ status: "known" });
  });
});

describe("a hand-in", () => {
  const cases: [string, string, RegExp][] = [
    ["nothing", "submit", /there is no \/scratch\/extractor\.js yet/],
    [
      "no JSON",
      `${hand("submit", pipeLog.right)}`.replace(/\{"id[^\n]*/, "{"),
      /fingerprint\.json is no JSON/,
    ],
    [
      "an id that is taken",
      hand("submit", pipeLog.right, { ...pipeLog.fingerprint, id: "mini-swe-agent" }),
      /there is an extractor of that id/,
    ],
    [
      "globs that fit nothing",
      hand("submit", pipeLog.right, { ...pipeLog.fingerprint, files: ["*.other"] }),
      /the globs of the fingerprint fit nothing here/,
    ],
    [
      "code that throws",
      hand("submit", "export function detect() { return null.x; }"),
      /detect stopped: TypeError/,
    ],
    [
      "code that hangs",
      hand("submit", "export function detect() { for (;;); }"),
      /detect was stopped after 5 s/,
    ],
    [
      "a detect that takes everything",
      hand("submit", pipeLog.right.replace('run.head(run.focus).startsWith("#pipelog ")', "true")),
      /detect\(\) takes files that bear these names and hold something else/,
    ],
    [
      "a reader that loses every third step",
      hand(
        "submit",
        pipeLog.right.replace(
          "const at = line",
          "if (Number(match[1]) % 3 === 0) continue;\n    const at = line",
        ),
      ),
      /FAILED {2}actions counted in the raw bytes: 12 markers, 8 steps/,
    ],
    [
      "places that are not there",
      hand("submit", pipeLog.right.replaceAll("line_start: at", "line_start: 0")),
      /extract returned no trajectory/,
    ],
  ];
  it.each(cases)("of %s is not taken, and the reason is said", async (_, command, reason) => {
    const store = tempRun({});
    const model = spokenModel([command, "true"]);
    const ports = portsOf(store, model);
    const run = tempRun(prefixed("run", inventedRun("pipe-log", 1)));
    const learned = await learn(path.join(run, "run"), { ...ports, limits: { ...ports.limits, calls: 2 } });
    expect(learned).toMatchObject({ status: "unfinished", end: "calls" });
    expect(model.sent[1]).toMatch(reason);
    expect(fs.readdirSync(store)).toEqual([".sessions"]);
  });

  it("without a note is told so", async () => {
    const model = spokenModel([
      `${hand("check", pipeLog.right)}\nrm /scratch/EXTRACTOR.md`,
      "submit",
      "echo x > /scratch/EXTRACTOR.md; submit",
      "true",
    ]);
    const ports = portsOf(tempRun({}), model);
    const run = tempRun(prefixed("run", inventedRun("pipe-log", 1)));
    await learn(path.join(run, "run"), { ...ports, limits: { ...ports.limits, calls: 4 } });
    expect(model.sent[1]).toContain("Everything passes");
    expect(model.sent[2]).toContain("there is no /scratch/EXTRACTOR.md yet");
    expect(model.sent[3]).toContain("EXTRACTOR.md is too short");
  });
});

describe("a format without a marker", () => {
  const unmarked = { ...pipeLog.fingerprint, marker: null };

  it("is taken where every place resolves, and its evidence says that nothing counted", async () => {
    const store = tempRun({});
    const run = path.join(tempRun(prefixed("run", inventedRun("pipe-log", 1))), "run");
    await learn(run, portsOf(store, spokenModel([hand("submit", pipeLog.right, unmarked)])));
    expect(readExtractor(store, "pipe-log").current.record.evidence).toMatchObject([
      { run: "this", step_count: 12, counted: null },
    ]);
  });

  it("is not taken where one step has no place", async () => {
    const placeless = pipeLog.right.replace("action_ref: {", "action_ref: steps.length === 200 ? null : {");
    const model = spokenModel([hand("submit", placeless, unmarked), "true"]);
    const ports = portsOf(tempRun({}), model);
    const run = path.join(tempRun(prefixed("run", inventedRun("pipe-log", 1, 250))), "run");
    const learned = await learn(run, { ...ports, limits: { ...ports.limits, calls: 2 } });
    expect(learned).toMatchObject({ status: "unfinished" });
    expect(model.sent[1]).toContain(
      "FAILED: marker is null, so that nothing counts the actions: every step needs an action_ref that resolves",
    );
    // With a marker one step in 250 may be without its place.
    const counted = spokenModel([hand("submit", placeless)]);
    expect(await learn(run, portsOf(tempRun({}), counted))).toMatchObject({ status: "learned" });
  });
});

describe("what lies beside a run", () => {
  it("is told before anything is asked, read, and named in the end; or left alone", async () => {
    const folder = tempRun({
      ...prefixed("run-1", inventedRun("pipe-log", 1)),
      ...prefixed("run-2", inventedRun("pipe-log", 2)),
      "other/notes.txt": "nothing of the kind\n",
    });
    const learnedWith = async (siblings: boolean) => {
      const told: string[][] = [];
      const store = tempRun({});
      const ports = portsOf(store, spokenModel([hand("submit", pipeLog.right)]));
      const onBegin = (beginning: { siblings: readonly string[] }) => told.push([...beginning.siblings]);
      const learned = await learn(path.join(folder, "run-1"), { ...ports, siblings, onBegin });
      const { record } = readExtractor(store, "pipe-log").current;
      return {
        told,
        named: learned.status === "learned" ? learned.siblings : null,
        evidence: record.evidence.map(({ run }) => run),
        samples: record.samples.length,
      };
    };
    expect(await learnedWith(true)).toEqual({
      told: [["other", "run-2"]],
      named: ["run-2"],
      evidence: ["this", "sibling"],
      samples: 2,
    });
    expect(await learnedWith(false)).toEqual({
      told: [[]],
      named: [],
      evidence: ["this"],
      samples: 1,
    });
  });
});

describe("a trial whose transcript nothing reads", () => {
  it("is not taken for read: a reader of the transcript is learned, and used from then on", async () => {
    const [text = ""] = Object.values(inventedRun("pipe-log", 1));
    const trial = path.join(
      tempRun({
        "trial/result.json": '{"trial_name": "t", "task_name": "x"}\n',
        "trial/agent/session.pipelog": text,
      }),
      "trial",
    );
    const store = tempRun({});
    const readBy = (): string[] =>
      discoverRuns(openDirectory(trial), readersWith(store).extractors).runs.map(
        (run) => `${placeOf(run)}: ${extractRun(run).chosen.extractor.id}`,
      );
    expect(readBy()).toEqual([": harbor"]);
    const learned = await learn(trial, portsOf(store, spokenModel([hand("submit", pipeLog.right)])));
    expect(learned).toMatchObject({ status: "learned" });
    expect(readBy()).toEqual(["agent/session.pipelog: pipe-log"]);
  });
});

describe("what is not worth a call", () => {
  it.each([
    ["an empty folder", {}, /holds nothing to learn from/],
    ["empty files", { "run/a.log": "" }, /holds nothing to learn from/],
    [
      "git-LFS pointers",
      { "run/a.log": `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 9\n` },
      /holds only git-LFS pointers/,
    ],
  ])("%s", async (_, files, why) => {
    const folder = path.join(tempRun(files), "run");
    fs.mkdirSync(folder, { recursive: true });
    await expect(learn(folder, portsOf(tempRun({}), spokenModel([])))).rejects.toThrow(why);
  });

  it("a store that cannot be written", async () => {
    const folder = tempRun({ ...prefixed("run", inventedRun("pipe-log", 1)), store: "a file" });
    const ports = portsOf(path.join(folder, "store"), spokenModel([]));
    await expect(learn(path.join(folder, "run"), ports)).rejects.toThrow(/cannot be written \(ENOTDIR\)/);
  });
});

describe("what a model gets to see", () => {
  it("holds no secret of the run, in files, outputs or reports, and is fenced", async () => {
    const key = `sk-ant-api03-${"aB3dE5fG7h".repeat(9)}`;
    const [[name, text] = ["", ""]] = Object.entries(inventedRun("pipe-log", 1));
    const folder = tempRun({ [`run/${name}`]: text.replace("1|run|", `1|run|export KEY=${key} && `) });
    const model = spokenModel(["cat *.pipelog | head -4", hand("check", pipeLog.right), "true"]);
    const ports = portsOf(tempRun({}), model);
    await learn(path.join(folder, "run"), { ...ports, limits: { ...ports.limits, calls: 3 } });
    expect(model.sent.join("\n")).not.toContain(key);
    expect(model.sent[1]).toContain("[REDACTED:");
    expect(model.sent[2]).toMatch(/action: export KEY=\[REDACTED:/);
    expect(model.sent[2]).toMatch(/<<<data [0-9a-f]{12}\nEverything passes/);
  });
});

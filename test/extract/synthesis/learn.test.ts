import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { discoverRuns } from "../../../src/extract/discover.ts";
import { extractRun } from "../../../src/extract/extract.ts";
import { readExtractor } from "../../../src/extract/learned/read-store.ts";
import { readersWith } from "../../../src/extract/learned/readers.ts";
import { type LearnPorts, learn } from "../../../src/extract/synthesis/learn.ts";
import { type ChatMessage, type ChatModel, UNKNOWN_USAGE } from "../../../src/model/model.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { inventedRun } from "../../support/invented-layouts.ts";
import { pipeLog } from "../../support/synthesizers/pipe-log.mjs";
import { tempRun } from "../../support/temp-run.ts";

const NOTE =
  "One step is one run line with the out lines behind it. Nothing says how the run ended, nor what was asked.";

/** A model that says what it is given, and keeps what it was sent. */
function modelOf(commands: readonly string[]): ChatModel & { sent: string[] } {
  const sent: string[] = [];
  return {
    spec: "scripted:test",
    context_tokens: null,
    sent,
    complete: async ({ messages }: { messages: readonly ChatMessage[] }) => {
      const asked = messages.filter(({ role }) => role === "assistant").length;
      sent.push(messages.at(-1)?.text ?? "");
      const command = commands[asked];
      if (command === undefined) throw new Error("asked too often");
      const usage = { ...UNKNOWN_USAGE, input_tokens: 100, output_tokens: 10 };
      return { text: `\`\`\`sh\n${command}\n\`\`\``, stop_reason: "end", usage, cost_usd: 0.01, model: null };
    },
  };
}

function portsOf(store: string, model: ChatModel): LearnPorts {
  return {
    model,
    store,
    shell: "virtual",
    limits: {
      calls: 6,
      tokens: null,
      cost_usd: null,
      seconds: null,
      malformed_replies: 3,
      max_output_tokens: 1000,
      context_tokens: 100_000,
      outputs_kept: 2,
    },
    fresh: false,
    now: () => Date.UTC(2026, 0, 1),
    signal: new AbortController().signal,
    onTry: () => {},
  };
}

function hand(verb: "check" | "submit", source: string, fingerprint: object = pipeLog.fingerprint): string {
  return `cat > /scratch/extractor.js <<'CODE'\n${source}\nCODE
cat > /scratch/fingerprint.json <<'JSON'\n${JSON.stringify(fingerprint)}\nJSON
echo '${NOTE}' > /scratch/EXTRACTOR.md
${verb}`;
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
  const model = modelOf([hand("submit", pipeLog.right)]);
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

    const model = modelOf([
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
    expect(await learn(run, portsOf(store, modelOf([])))).toMatchObject({ status: "known" });
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
    const model = modelOf([command, "true"]);
    const ports = portsOf(store, model);
    const run = tempRun(prefixed("run", inventedRun("pipe-log", 1)));
    const learned = await learn(path.join(run, "run"), { ...ports, limits: { ...ports.limits, calls: 2 } });
    expect(learned).toMatchObject({ status: "unfinished", end: "calls" });
    expect(model.sent[1]).toMatch(reason);
    expect(fs.readdirSync(store)).toEqual([".sessions"]);
  });

  it("without a note is told so", async () => {
    const model = modelOf([
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

describe("what a model gets to see", () => {
  it("holds no secret of the run, in files, outputs or reports, and is fenced", async () => {
    const key = `sk-ant-api03-${"aB3dE5fG7h".repeat(9)}`;
    const [[name, text] = ["", ""]] = Object.entries(inventedRun("pipe-log", 1));
    const folder = tempRun({ [`run/${name}`]: text.replace("1|run|", `1|run|export KEY=${key} && `) });
    const model = modelOf(["cat *.pipelog | head -4", hand("check", pipeLog.right), "true"]);
    const ports = portsOf(tempRun({}), model);
    await learn(path.join(folder, "run"), { ...ports, limits: { ...ports.limits, calls: 3 } });
    expect(model.sent.join("\n")).not.toContain(key);
    expect(model.sent[1]).toContain("[REDACTED:");
    expect(model.sent[2]).toMatch(/action: export KEY=\[REDACTED:/);
    expect(model.sent[2]).toMatch(/<<<data [0-9a-f]{12}\nEverything passes/);
  });
});

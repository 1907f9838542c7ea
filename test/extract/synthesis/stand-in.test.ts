import path from "node:path";
import { describe, expect, it } from "vitest";
import { discoverRuns } from "../../../src/extract/discover.ts";
import { extractRun } from "../../../src/extract/extract.ts";
import { readExtractor } from "../../../src/extract/learned/read-store.ts";
import { readersWith } from "../../../src/extract/learned/readers.ts";
import { learn } from "../../../src/extract/synthesis/learn.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { inventedTurns } from "../../support/invented-layouts.ts";
import { tempRun } from "../../support/temp-run.ts";
import { handedIn, portsOf, spokenModel } from "./spoken-model.ts";

/** A list of actions, an entry a line. Where the list stands in a record that has an action itself, the built-in reader's own count is off. */
function actionList(isOdd: boolean): string {
  const entries = inventedTurns(3).map(({ command, output }, index) =>
    JSON.stringify({
      action: command,
      state: { last: index },
      timestamp: 1000 + index,
      output,
    }),
  );
  const list = `[\n${entries.join(",\n")}\n]`;
  return isOdd ? `{"action": "solve", "steps": ${list}}\n` : `${list}\n`;
}

const READER = `export function detect(run) {
  const isMine = run.focus !== null && run.head(run.focus).includes('"timestamp":');
  return { confidence: isMine ? 0.85 : 0, reason: "entries with a timestamp" };
}
export function extract(run) {
  const steps = [];
  for (const { text, line } of run.lines(run.focus)) {
    if (!text.startsWith('{"action":"')) continue;
    const { action, output } = JSON.parse(text.replace(/,$/, ""));
    const place = { path: run.focus, line_start: line, line_end: line };
    steps.push({ step_id: steps.length + 1, action, observation: output, agent: "main", action_ref: place, observation_ref: place });
  }
  return {
    task: null, agent: { name: null, version: null, model: null }, steps,
    outcome: { resolved: null, reward: null, exit_status: null, source: null, infrastructure_failure: null },
    files_used: [run.focus], warnings: [],
  };
}`;

const OF_A_FOLDER = READER.replace("run.focus !== null && run.head(run.focus)", 'run.head("history.json")');

const FORMAT = {
  id: "my-list",
  title: "My list",
  files: ["*.json"],
  contents: "entries with a timestamp",
  marker: { text: '"timestamp":' },
};

function readBy(folder: string, store: string) {
  const [found] = discoverRuns(openDirectory(folder), readersWith(store).extractors).runs;
  if (found === undefined) throw new Error("no run was found");
  const { chosen, trajectory, fidelity } = extractRun(found);
  const { extractor, detection } = chosen;
  return [extractor.id, trajectory.steps.length, fidelity.passed, detection.reason];
}

describe("a run that a built-in extractor reads badly", () => {
  it("gets a learned one, which is used for such runs and for no other", async () => {
    const store = tempRun({});
    const odd = tempRun({ "run/history.json": actionList(true) });
    const good = tempRun({ "history.json": actionList(false) });
    const badly = ["actions counted in the raw bytes"];
    expect(readBy(path.join(odd, "run"), store)).toMatchObject(["action-list", 12, false, expect.anything()]);

    const model = spokenModel([
      "head -c 300 history.json",
      handedIn("check", OF_A_FOLDER, { ...FORMAT, files: undefined, directories: ["history.json"] }),
      handedIn("submit", READER, FORMAT),
    ]);
    const beginnings: unknown[] = [];
    const ports = { ...portsOf(store, model), onBegin: (one: unknown) => beginnings.push(one) };
    const learned = await learn(path.join(odd, "run"), ports);
    expect(learned).toMatchObject({ status: "learned", checks: 2 });
    expect(beginnings).toMatchObject([{ siblings: [], badly: { id: "action-list", problems: badly } }]);
    expect(model.sent[0]).toContain(
      "There is a reader for this format already, the built-in one `action-list`",
    );
    expect(model.sent[0]).toContain("FAILED  actions counted in the raw bytes: 1 markers, 12 steps");
    expect(model.sent[0]).toContain("it has to mark the same file, with `files`.");
    expect(model.sent[2]).toContain(
      "the fingerprint has to mark the single file history.json as the run, with `files`",
    );
    expect(readExtractor(store, "my-list").current.record).toMatchObject({
      instead_of: "action-list",
      evidence: [{ run: "this", step_count: 12, counted: 12 }],
    });

    const why = "the built-in extractor action-list reads it badly (actions counted in the raw bytes)";
    expect(readBy(path.join(odd, "run"), store)).toEqual([
      "my-list",
      12,
      true,
      `${why}; entries with a timestamp`,
    ]);
    expect(readBy(good, store)).toMatchObject(["action-list", 12, true, expect.anything()]);
    const again = await learn(path.join(odd, "run"), portsOf(store, spokenModel([])));
    expect(again).toMatchObject({ status: "known", readers: [{ id: "my-list", learned: true }] });
  });

  it("starts a revision where the learned one does badly as well", async () => {
    const store = tempRun({});
    const odd = tempRun({ "run/history.json": actionList(true) });
    await learn(path.join(odd, "run"), portsOf(store, spokenModel([handedIn("submit", READER, FORMAT)])));
    // The agent has begun to log what it thinks: a count of timestamps comes to more than its actions.
    const moved = actionList(true).replaceAll('"state":{', '"state":{"timestamp":7,');
    const later = tempRun({ "run/history.json": moved });
    const model = spokenModel([handedIn("submit", READER, { ...FORMAT, marker: { text: '"output":' } })]);
    expect(await learn(path.join(later, "run"), portsOf(store, model))).toMatchObject({ status: "learned" });
    expect(model.sent[0]).toContain("version 1 of `my-list`");
    expect(model.sent[0]).toContain("FAILED  actions counted in the raw bytes: 24 markers, 12 steps");
    expect(readExtractor(store, "my-list").current.record).toMatchObject({
      version: 2,
      instead_of: "action-list",
      evidence: [{ run: "this" }, { run: "sample" }],
    });
  });
});

import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import {
  type CodeTracerError,
  openRecorder,
  type RecorderOptions,
  writeTrajectory,
} from "../../src/record/index.ts";
import { VERSION } from "../../src/util/version.ts";
import { tempRun } from "../support/temp-run.ts";

const OPTIONS: RecorderOptions = {
  agent: { name: "toy", version: "1.2", model: "m-1" },
  task: "count the files",
  now: () => Date.UTC(2026, 0, 1),
};
/** Of no service: random, in the shape of a GitHub token. */
const SECRET = `ghp_${"x7Kq2mVz9RtLw4NbYc8PdF3sGh6JaE1uQo5T".slice(0, 36)}`;

/** The events of a log, with session and action ids by their order. */
function eventsIn(folder: string): Record<string, unknown>[] {
  const names = new Map<string, string>();
  const text = fs
    .readFileSync(path.join(folder, "events.jsonl"), "utf8")
    .replace(
      /\b[0-9a-f]{10}\b/g,
      (id) => names.get(id) ?? (names.set(id, `s${names.size + 1}`).get(id) as string),
    );
  return text
    .replaceAll(`"recorder_version":"${VERSION}"`, '"recorder_version":"(this)"')
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function thrown(act: () => unknown): Pick<CodeTracerError, "code" | "message"> | null {
  try {
    act();
    return null;
  } catch (error) {
    const { code, message } = error as CodeTracerError;
    return { code, message };
  }
}

it("writes each call to the log at once, and an ATIF document at the end", () => {
  const folder = path.join(tempRun({}), "run");
  const recorder = openRecorder(folder, OPTIONS);
  recorder.message("look first", { tokens: { output: 3 } });
  const first = recorder.action({
    command: "ls",
    thinking: "what is here",
    tokens: { input: 10, cached: 4 },
    cost_usd: 0.5,
  });
  expect(eventsIn(folder).at(-1)).toMatchObject({ type: "action", arguments: { command: "ls" } });
  first.observe("a\n", { exit_code: 0, duration_ms: 12 });
  const [spawn, read] = recorder.actions([
    { tool: "Task", arguments: { prompt: "count" }, tool_call_id: "t1" },
    { tool: "Read", arguments: { file_path: "a" }, tool_call_id: "t1" },
  ]);
  const helper = recorder.subAgent("helper", spawn);
  helper.action({ command: "wc -l a" }).observe("", { exit_code: 1, is_error: true });
  spawn?.observe("one file");
  read?.observe(null, { exit_code: 2 });
  expect(recorder.finish({ outcome: { resolved: true, exit_status: "done" } })).toEqual({
    file: path.join(folder, "trajectory.json"),
    action_count: 4,
    passed_count: 0,
    broken_lines: 0,
  });
  expect(eventsIn(folder)).toMatchSnapshot();
  const text = fs.readFileSync(path.join(folder, "trajectory.json"), "utf8");
  const ids = [...new Set(text.match(/\b[0-9a-f]{10}\b/g))];
  expect(ids).toHaveLength(1);
  expect(text.replaceAll(ids[0] ?? "", "s1")).toMatchSnapshot();
});

it("replaces secrets before they are written, in arguments, outputs, tasks and thoughts", () => {
  const folder = path.join(tempRun({}), "run");
  const recorder = openRecorder(folder, { ...OPTIONS, task: `use ${SECRET}` });
  recorder.message(`I have ${SECRET}`);
  recorder
    .action({ tool: "fetch", arguments: { headers: { token: SECRET } }, thinking: SECRET })
    .observe(`key: ${SECRET}`);
  recorder.finish();
  for (const file of ["events.jsonl", "trajectory.json"]) {
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    expect(text).not.toContain(SECRET);
    expect(text.match(/\[REDACTED:github-pat\]/g)).toHaveLength(5);
  }
});

it("keeps them where it is told to", () => {
  const recorder = openRecorder(path.join(tempRun({}), "run"), { ...OPTIONS, redact: false });
  recorder.action({ command: `export T=${SECRET}` });
  recorder.finish();
  for (const file of ["events.jsonl", "trajectory.json"])
    expect(fs.readFileSync(path.join(recorder.folder, file), "utf8")).toContain(SECRET);
});

it("leaves a recording that is there alone, and one that only looks like one", () => {
  const root = tempRun({ "run-2/trajectory.json": "{}" });
  const wanted = path.join(root, "run");
  const first = openRecorder(wanted, OPTIONS);
  first.finish();
  const before = fs.readFileSync(path.join(wanted, "events.jsonl"));
  const second = openRecorder(wanted, OPTIONS);
  second.action({ command: "ls" });
  expect(second.folder).toBe(path.join(root, "run-3"));
  expect(fs.readFileSync(path.join(wanted, "events.jsonl"))).toEqual(before);
  expect(fs.readFileSync(path.join(root, "run-2/trajectory.json"), "utf8")).toBe("{}");
});

it("goes on with a recording, behind a piece that a kill left", () => {
  const folder = path.join(tempRun({}), "run");
  const before = openRecorder(folder, OPTIONS);
  before.action({ command: "ls" }).observe("a");
  fs.appendFileSync(path.join(folder, "events.jsonl"), '\n{"type":"action","action_id":"torn","arg');
  const after = openRecorder(folder, { ...OPTIONS, task: null, continue: true });
  after.action({ command: "pwd" }).observe("/");
  expect(after.finish()).toMatchObject({ action_count: 2, broken_lines: 1 });
  const { steps } = JSON.parse(fs.readFileSync(path.join(folder, "trajectory.json"), "utf8"));
  expect(steps.map((step: { tool_calls?: unknown[] }) => step.tool_calls?.length ?? 0)).toEqual([0, 1, 1]);
});

it("joins the recording of codetracer record, which ends it, and has its shells left out", () => {
  const folder = path.join(tempRun({}), "run");
  openRecorder(folder, { ...OPTIONS, agent: { name: "around" } });
  const joined = openRecorder("/not/used", { ...OPTIONS, env: { CODETRACER_RECORD: folder } });
  joined.action({ command: "ls" });
  expect(joined.folder).toBe(folder);
  expect(joined.finish()).toBeNull();
  expect(fs.readdirSync(folder).sort()).toEqual(["events.jsonl", "shells-off"]);
});

it("says what is wrong with what it is given", () => {
  const root = tempRun({ file: "" });
  const recorder = openRecorder(path.join(root, "run"), OPTIONS);
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const once = recorder.action({ command: "ls" });
  once.observe("a");
  const anything = (value: unknown): never => value as never;
  const lines = eventsIn(recorder.folder).length;
  const calls: (() => unknown)[] = [
    () => recorder.action({ tool: "x", arguments: cyclic }),
    () => recorder.action({ tool: "x", arguments: { big: 1n } }),
    () => recorder.action({ tool: "x", arguments: anything([]) }),
    () => recorder.action(anything({ command: "ls", tool: "x" })),
    () => recorder.action(anything({})),
    () => recorder.action({ command: "ls", tokens: { input: -1 } }),
    () => recorder.action({ command: "ls", cost_usd: Number.NaN }),
    () => recorder.message(anything(undefined)),
    () => once.observe("b"),
    () => recorder.action({ command: "ls" }).observe("b", { exit_code: 1.5 }),
    () => openRecorder(path.join(root, "file/run"), OPTIONS),
    () => openRecorder("x", { ...OPTIONS, env: { CODETRACER_RECORD: path.join(root, "gone") } }),
    () => writeTrajectory(root),
  ];
  expect(
    calls
      .map((call) => thrown(call))
      .map((error) => error && { ...error, message: error.message.replaceAll(root, "") }),
  ).toMatchSnapshot();
  expect(eventsIn(recorder.folder)).toHaveLength(lines + 1);
  recorder.finish();
  expect(thrown(() => recorder.message("late"))).toEqual({
    code: "bad_argument",
    message: "recording: it was finished; open the folder again with continue: true",
  });
});

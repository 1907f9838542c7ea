import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../src/agent/journal.ts";
import type { SessionHeader } from "../../src/agent/journal-events.ts";
import { runLoop } from "../../src/agent/loop.ts";
import type { LoopLimits, LoopPorts } from "../../src/agent/loop-types.ts";
import { ModelError } from "../../src/model/model-error.ts";
import { CodeTracerError } from "../../src/util/errors.ts";
import { tempRun } from "../support/temp-run.ts";
import { LIMITS, type Said, SESSION, START, say, scripted } from "./scripted-loop.ts";
import { investigate, newFile, OVERFLOW, read, SAID, typesIn, wholeFile } from "./scripted-session.ts";

describe("the journal of a session", () => {
  it("holds its events, one a line, in order, without times", async () => {
    const file = newFile();
    const { result } = await investigate(file);
    expect(result.end).toBe("done");
    expect(typesIn(file)).toEqual([
      "session_started",
      ...["model_replied", "command_ran", "model_replied", "reply_malformed", "model_replied", "command_ran"],
      ...["model_replied", "command_ran", "model_replied", "command_ran", "compacted", "model_replied"],
      ...["command_ran", "model_replied", "note", "command_ran", "model_replied", "command_ran"],
      "session_ended",
    ]);
    expect(JSON.parse(read(file).split("\n")[0] ?? "")).toEqual({
      type: "session_started",
      schema: 1,
      ...SESSION,
    });
    expect(read(file)).not.toMatch(/"(?:at|time|timestamp|\w+_at|duration\w*)":|\d{4}-\d\d-\d\d/);
  });

  it("is the same file whenever the replies are", async () => {
    expect(await wholeFile()).toEqual(await wholeFile());
  });

  it("holds whatever a model or a run says, and takes it up again", async () => {
    const said = [
      say(
        "add a",
        `\ud800 \0 \u2028 \r ${JSON.stringify({ type: "session_ended" })}\n{"type":"session_ended","end":"done"}\n`,
      ),
      say("submit"),
    ];
    const file = newFile();
    await investigate(file, said);
    const before = read(file);
    expect(typesIn(file)).toHaveLength(6);
    expect((await investigate(file, said)).asked).toEqual([]);
    expect(read(file)).toBe(before);
  });

  it("is kept in memory where there is no file", () => {
    const journal = openJournal(null, SESSION);
    journal.append({ type: "note", kind: "x", data: null });
    expect(journal.events).toEqual([{ type: "note", kind: "x", data: null }]);
  });

  it("says where it cannot be written", () => {
    const folder = tempRun({ "a-file": "" });
    const open = () => openJournal(path.join(folder, "a-file", "tracer.jsonl"), SESSION);
    expect(open).toThrow(CodeTracerError);
    expect(open).toThrow(/cannot be written/);
  });
});

describe("a session that ended", () => {
  const ends: [string, readonly Said[], Partial<LoopLimits>][] = [
    ["done", SAID, {}],
    ["malformed", ["a", "b", "c"], {}],
    ["refused", [say("add a"), { text: "", stop_reason: "refusal" }], {}],
    ["context", [say("long 3000"), say("long 3000"), OVERFLOW, OVERFLOW], {}],
    ["context", [OVERFLOW], {}],
  ];
  it.each(ends)(
    "with %s is told again without a call, and the file stays as it is",
    async (end, said, limits) => {
      const file = newFile();
      const first = await investigate(file, said, { limits });
      expect(first.result.end).toBe(end);
      const before = fs.readFileSync(file);
      const again = await investigate(file, said, { limits });
      expect(fs.readFileSync(file)).toEqual(before);
      expect(again.asked).toEqual([]);
      expect(again.ran).toEqual(first.ran);
      expect(again.result).toEqual({ ...first.result, replayed_calls: first.result.usage.calls });
    },
  );
});

describe("a session that a limit stopped", () => {
  it.each<[string, Partial<LoopLimits>]>([
    ["calls", { calls: 2 }],
    ["tokens", { tokens: 300 }],
    ["cost", { cost_usd: 0.02 }],
  ])("of %s stops there again without a call, and goes on with a higher one", async (end, limits) => {
    const whole = newFile();
    const wanted = await investigate(whole, SAID, {});
    const file = newFile();
    const first = await investigate(file, SAID, { limits });
    expect(first.result.end).toBe(end);
    const again = await investigate(file, SAID, { limits });
    expect(again.asked).toEqual([]);
    expect(again.result.end).toBe(end);
    const { result, asked } = await investigate(file, SAID, {});
    expect(result).toEqual({ ...wanted.result, replayed_calls: first.result.usage.calls });
    expect(asked).toHaveLength(wanted.asked.length - first.asked.length);
    expect(fs.readFileSync(file, "utf8")).toBe(fs.readFileSync(whole, "utf8"));
  });

  it("of time goes on with what time there is now", async () => {
    const file = newFile();
    let clock = 0;
    const slow = { limits: { seconds: 1 }, ports: { now: () => (clock += 300) } };
    const { result } = await investigate(file, SAID, slow);
    expect(result.end).toBe("time");
    const again = await investigate(file, SAID, { limits: { seconds: 1 } });
    expect(again.result.end).toBe("done");
    expect(again.result.replayed_calls).toBe(result.usage.calls);
  });
});

describe("several sessions in one file", () => {
  const passes = async (file: string, upTo: number) => {
    const results = [];
    for (let pass = 1; pass <= upTo; pass++)
      results.push(await investigate(file, SAID, { header: { pass } }));
    return results;
  };

  it("stand one after another and are each told again", async () => {
    const file = newFile();
    await passes(file, 3);
    const whole = read(file);
    const again = await passes(file, 3);
    expect(again.map(({ asked }) => asked.length)).toEqual([0, 0, 0]);
    expect(read(file)).toBe(whole);
    expect(typesIn(file).filter((type) => type === "session_started")).toHaveLength(3);
  });

  it("go on where a kill left them", async () => {
    const file = newFile();
    await passes(file, 2);
    const whole = read(file);
    const lines = whole.trimEnd().split("\n");
    for (let kept = 1; kept < lines.length; kept += 3) {
      fs.writeFileSync(file, `${lines.slice(0, kept).join("\n")}\n`);
      await passes(file, 2);
      expect(read(file), `after line ${kept}`).toBe(whole);
    }
  });

  const others: [string, Partial<SessionHeader>][] = [
    ["another model", { model: "scripted:y" }],
    ["other prompts", { prompt_digest: "q" }],
    ["another input", { input_digest: "j" }],
    ["other settings", { settings: { calls: 21 } }],
    ["another shell", { shell: "bubblewrap" }],
    ["a task", { task: "Judge." }],
  ];
  it.each(others)("%s begins anew behind what is there", async (_, header) => {
    const file = newFile();
    await investigate(file);
    const before = read(file);
    const { asked } = await investigate(file, SAID, { header });
    expect(asked).toHaveLength(SAID.length);
    expect(read(file).startsWith(before)).toBe(true);
    expect(read(file).length).toBeGreaterThan(before.length);
  });

  it("take up an open one that another stands behind by writing it again, without paying again", async () => {
    const file = newFile();
    await investigate(file, [...SAID.slice(0, 5), new ModelError("aborted", "stopped")]);
    const open = read(file);
    await investigate(file, SAID, { header: { pass: 2 } });
    const before = read(file);
    const { asked, result } = await investigate(file);
    expect(asked).toHaveLength(SAID.length - 5);
    expect(result.replayed_calls).toBe(5);
    expect(read(file)).toBe(before + (await wholeFile()).toString());
    expect(before.startsWith(open)).toBe(true);
  });

  it("are set aside on demand", async () => {
    const file = newFile();
    await investigate(file);
    const before = read(file);
    openJournal(file, SESSION, { fresh: true });
    expect(read(`${file}.old`)).toBe(before);
    expect(typesIn(file)).toEqual(["session_started"]);
    openJournal(file, SESSION, { fresh: true });
    expect(read(`${file}.old`)).toBe(read(file));
  });
});

describe("a record that does not fit", () => {
  it("is used up to where the session goes another way, and written again from there", async () => {
    const file = newFile();
    await expect(investigate(file, [say("add a"), say("show"), new Error("killed")])).rejects.toThrow(
      "killed",
    );
    const journal = openJournal(file, SESSION);
    const execute: LoopPorts["execute"] = async (command) => {
      journal.append({ type: "note", kind: "other", data: command });
      return { text: "", exit_code: 0, stopped: null, done: command === "submit" };
    };
    const script = scripted([say("submit")], { execute });
    const result = await runLoop(START, script.ports, LIMITS, journal);
    expect(result).toMatchObject({ end: "done", replayed_calls: 1 });
    const types = typesIn(file);
    expect(types.slice(types.lastIndexOf("session_started"))).toEqual([
      "session_started",
      ...["model_replied", "note", "command_ran", "model_replied", "note", "command_ran"],
      "session_ended",
    ]);
  });

  const broken: [string, (lines: string[]) => string[]][] = [
    ["a line that is no JSON", (lines) => lines.toSpliced(5, 1, "{{{")],
    ["a line of another schema", (lines) => lines.toSpliced(5, 1, '{"type":"model_thought"}')],
    ["an event without what it needs", (lines) => lines.toSpliced(5, 1, '{"type":"model_replied","call":3}')],
  ];
  it.each(broken)("%s: what stands before it is used", async (_, breakIt) => {
    const whole = (await wholeFile()).toString();
    const file = newFile(`${breakIt(whole.trimEnd().split("\n")).join("\n")}\n`);
    const before = read(file);
    const { asked } = await investigate(file);
    expect(asked).toHaveLength(SAID.length - 2);
    expect(read(file)).toBe(before + whole);
    expect((await investigate(file)).asked).toEqual([]);
  });

  it.each(["", "\n\n", '"text"\n', '{"type":"note","kind":"x","data":1}\n'])(
    "%j: a session begins",
    async (text) => {
      const file = newFile(text);
      await investigate(file);
      expect(read(file)).toBe(text + (await wholeFile()).toString());
    },
  );
});

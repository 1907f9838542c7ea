import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../src/agent/journal.ts";
import { runLoop } from "../../src/agent/loop.ts";
import { ModelError } from "../../src/model/model-error.ts";
import { LIMITS, SESSION, START, say, scripted } from "./scripted-loop.ts";
import { COMMANDS, investigate, newFile, read, SAID, typesIn, wholeFile } from "./scripted-session.ts";

describe("a session that was killed", () => {
  /** Behind every line, in the middle of it, and one byte before its end. */
  const cuts = async (): Promise<[Buffer, number[]]> => {
    const whole = await wholeFile();
    const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1);
    const all = ends.flatMap((end, index) => {
      const start = ends[index - 1] ?? 0;
      return [start, start + Math.floor((end - start) / 2), end - 1];
    });
    return [whole, [...new Set([...all, whole.length])]];
  };

  it("goes on to the very same file and never asks again for a finished call", async () => {
    const [whole, places] = await cuts();
    expect(places.length).toBeGreaterThan(50);
    for (const place of places) {
      const file = newFile("");
      fs.writeFileSync(file, whole.subarray(0, place));
      const finished = (
        whole
          .subarray(0, place)
          .toString()
          .match(/^\{"type":"model_replied".*\n/gm) ?? []
      ).length;
      const overflowed = /"overflow":true\}\n/.test(whole.subarray(0, place).toString()) ? 1 : 0;
      const { result, asked, ran, list } = await investigate(file);
      expect(read(file), `cut at byte ${place}`).toBe(whole.toString());
      expect(asked.length).toBe(SAID.length - finished - overflowed);
      expect(result).toMatchObject({ end: "done", replayed_calls: finished, malformed_replies: 1 });
      expect(ran).toEqual(COMMANDS);
      expect(list).toEqual(["a", "b"]);
    }
  });

  it("sends the same conversation as if it had not been killed", async () => {
    const file = newFile();
    const { asked } = await investigate(file);
    const lines = read(file).split("\n");
    fs.writeFileSync(file, `${lines.slice(0, 14).join("\n")}\n`);
    const again = await investigate(file);
    expect(again.asked).toEqual(asked.slice(-again.asked.length));
    expect(again.asked.length).toBe(2);
  });

  it("hands the model the recorded output, whatever the command gives now", async () => {
    const file = newFile();
    await expect(investigate(file, [say("show"), new Error("killed")])).rejects.toThrow("killed");
    const other = async () => ({ text: "other", exit_code: 1, stopped: null, done: false });
    const script = scripted([say("submit")], { execute: other });
    await runLoop(START, script.ports, { ...LIMITS, calls: 2 }, openJournal(file, SESSION));
    expect(script.sent.map((messages) => messages.at(-1)?.text)).toEqual([""]);
  });

  it.each(["aborted", "reserved"])("goes on after having been %s", async (how) => {
    const file = newFile();
    if (how === "aborted")
      await investigate(file, [...SAID.slice(0, 3), new ModelError("aborted", "stopped")]);
    else {
      let calls = 0;
      await investigate(file, SAID, { ports: { reserve: () => (++calls > 3 ? "cost" : null) } });
    }
    expect(typesIn(file).at(-1)).toBe("command_ran");
    await investigate(file);
    expect(fs.readFileSync(file)).toEqual(await wholeFile());
  });
});

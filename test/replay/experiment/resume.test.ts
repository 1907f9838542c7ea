import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf, madeSettings, originalRun, run } from "./made-experiment.ts";

const ORIGINAL = await originalRun();
const settingsOf = (given: Parameters<typeof madeSettings>[0]) =>
  madeSettings({ original: ORIGINAL, ...given });
/** Each attempt writes down that it was made. */
const COUNTING = `sh -c 'pwd >> {here}/made; touch done'`;

describe("an experiment that was begun goes on", () => {
  it("and makes no finished attempt again", async () => {
    const settings = await settingsOf({ command: COUNTING });
    const first = await run(settings);
    const second = await run(settings);
    expect(second.made).toBe(0);
    expect(second.report).toEqual(first.report);
    expect(fs.readFileSync(path.join(settings.here, "made"), "utf8").trim().split("\n")).toHaveLength(4);
  });

  it("after an interrupt, with the attempt that was at work made again", async () => {
    const settings = await settingsOf({
      command: `sh -c 'pwd >> {here}/made; [ "$(wc -l < {here}/made)" = 2 ] && sleep 1000; touch done'`,
    });
    const abort = new AbortController();
    const watch = setInterval(() => {
      const file = path.join(settings.here, "made");
      if (fs.existsSync(file) && fs.readFileSync(file, "utf8").split("\n").length === 3) abort.abort();
    }, 20);
    const interrupted = await run(settings, { signal: abort.signal });
    clearInterval(watch);
    expect(interrupted.report).toMatchObject({ stop: null, planned: 4 });
    expect(interrupted.made).toBe(1);
    const { made, set_aside, report } = await run(settings);
    expect({ made, set_aside }).toEqual({ made: 3, set_aside: 1 });
    expect(report.attempts.map(({ order, verdict }) => [order, verdict])).toEqual([
      ...[1, 2, 3, 4].map((order) => [order, "passed"]),
    ]);
    expect(fs.readdirSync(path.join(settings.out, "set-aside"))).toContain("02.1");
  });

  it("over a line that a kill tore, and attempts that were in the works", async () => {
    const settings = await settingsOf({ command: COUNTING });
    await run(settings);
    const lines = fileOf(settings, "attempts.jsonl").split("\n");
    const torn = `${lines[0]}\n${lines[1]?.slice(0, 40)}`;
    fs.writeFileSync(path.join(settings.out, "attempts.jsonl"), torn);
    const { made, set_aside, report } = await run(settings);
    expect({ made, set_aside }).toEqual({ made: 3, set_aside: 3 });
    expect(report.attempts.map(({ order }) => order)).toEqual([1, 2, 3, 4]);
    expect(fileOf(settings, "attempts.jsonl").startsWith(`${torn}\n{`)).toBe(true);
    expect((await run(settings)).report).toEqual(report);
  });

  it.each([
    [{ hint: { text: "Write it now.", source: "made" } }, "the hint is not what"],
    [{ check: "test -e done" }, "--check is not what"],
    [{ command: "touch done" }, "--command is not what"],
    [{ attempts: 3, seed: 2 }, "--attempts and --seed are not what"],
    [{ task: "Another." }, "the task is not what"],
    [{ without_hint: "Do it." }, "--without-hint is not what"],
  ])("but not with other settings: %o", async (changed, message) => {
    const settings = await settingsOf({});
    const { report } = await run(settings);
    await expect(run({ ...settings, ...changed })).rejects.toThrow(message);
    expect((await run(settings)).report).toEqual(report);
  });

  it("but not with another template, another limit or a broken protocol", async () => {
    const settings = await settingsOf({});
    await run(settings);
    const limits = { ...settings.limits, max_seconds: 100 };
    await expect(run({ ...settings, limits })).rejects.toThrow("--max-seconds is not what");
    fs.writeFileSync(path.join(settings.template ?? "", "given.txt"), "changed\n");
    await expect(run(settings)).rejects.toThrow("what lies in --template-dir is not what");
    fs.writeFileSync(path.join(settings.out, "protocol.json"), "{");
    await expect(run(settings)).rejects.toThrow("protocol.json is no protocol of an experiment");
  });

  it("but not inside its own template", async () => {
    const settings = await settingsOf({});
    const template = settings.here;
    await expect(run({ ...settings, template })).rejects.toThrow("lies inside --template-dir");
    expect(fs.existsSync(settings.out)).toBe(false);
  });

  it("but not while another process is at work there", async () => {
    const settings = await settingsOf({});
    fs.mkdirSync(settings.out);
    const init = fs.readFileSync("/proc/1/stat", "utf8");
    const started = init.slice(init.lastIndexOf(")") + 2).split(" ")[19];
    fs.writeFileSync(path.join(settings.out, "lock"), `1 ${started}`);
    await expect(run(settings)).rejects.toThrow("another replay run is at work here (process 1)");
    // The id is used again by another process.
    fs.writeFileSync(path.join(settings.out, "lock"), "1 12345678901");
    expect((await run(settings)).made).toBe(4);
    expect(fs.existsSync(path.join(settings.out, "lock"))).toBe(false);
  });
});

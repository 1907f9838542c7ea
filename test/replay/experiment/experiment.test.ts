import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf, madeSettings, originalRun, run } from "./made-experiment.ts";

const ORIGINAL = await originalRun();
const settingsOf = (given: Parameters<typeof madeSettings>[0]) =>
  madeSettings({ original: ORIGINAL, ...given });

describe("an experiment", () => {
  it("runs both arms in fresh folders made from the template, and counts what the check says", async () => {
    const settings = await settingsOf({ attempts: 3 });
    const { report, made } = await run(settings);
    expect(made).toBe(6);
    expect(report.comparison).toMatchObject({
      pairs: 3,
      only_with_hint: 3,
      neither_passed: 0,
      verdict: "not_shown",
    });
    expect(report.not_known).toContain(
      "3 pairs cannot show a difference: p is 0.25 at least, however they end, and 0.05 is asked for. It takes 6 pairs or more.",
    );
    for (const order of ["01", "02", "03", "04", "05", "06"])
      expect(fileOf(settings, "runs", order, "workdir", "given.txt")).toBe("given\n");
  });

  it("writes what is compared, left out and called recovered before the first attempt", async () => {
    const settings = await settingsOf({ command: `sh -c 'cat {here}/out/protocol.json'` });
    await run(settings);
    const seen = JSON.parse(fileOf(settings, "attempts", "with-hint-1", "agent.log"));
    expect(seen).toEqual(JSON.parse(fileOf(settings, "protocol.json")));
    expect(seen).toMatchObject({
      arms: ["with_hint", "without_hint"],
      pairs: 2,
      comparison: { level: 0.05, least_p_with_these_pairs: 0.5, least_pairs_for_the_level: 6 },
      settings: { check: "test -f done", template_digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(Object.keys(seen.exclusions)).toEqual([
      ...["setup_failed", "agent_not_started", "check_not_run", "infrastructure_failure"],
    ]);
  });

  it("gives the agent nothing that tells the arm but the hint", async () => {
    const settings = await settingsOf({
      command: `sh -c 'pwd; env | sort; ls ..; wc -c < "$CODETRACER_HINT_FILE"'`,
      attempts: 1,
    });
    await run(settings);
    const [withHint, withoutHint] = ["with-hint-1", "without-hint-1"].map((name) =>
      fileOf(settings, "attempts", name, "agent.log").replace(/(?<=runs\/|:)0?\d(?=[;/]|$)/gm, "N"),
    );
    expect(withHint?.replace(/^9\n/m, "0\n")).toBe(withoutHint);
    expect(withHint).toContain("CODETRACER_TASK_FILE=");
  });

  it("has no shell read a hostile task or hint", async () => {
    const hostile = `$(touch pwned) \`touch pwned\`; touch pwned\n' touch pwned " | touch pwned {workdir}`;
    const settings = await settingsOf({
      task: hostile,
      hint: { text: `${hostile} hint`, source: "made" },
      command: `printf '%s\\0' {task} --hint={hint} {task_file}`,
      attempts: 1,
    });
    await run(settings);
    const log = fileOf(settings, "attempts", "with-hint-1", "agent.log");
    expect(log.split("\0").slice(0, 2)).toEqual([hostile, `--hint=${hostile} hint`]);
    expect(fileOf(settings, "attempts", "without-hint-1", "agent.log").split("\0")[1]).toBe("--hint=");
    const all = fs.readdirSync(settings.here, { recursive: true, encoding: "utf8" });
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((name) => path.basename(name) === "pwned")).toEqual([]);
  });

  it("keeps what an agent prints, without its secrets", async () => {
    const key = `sk-ant-api03-${"aB3dE5fG7h".repeat(9)}`;
    const settings = await settingsOf({ command: `sh -c 'echo "key ${key}"'`, attempts: 1 });
    await run(settings);
    expect(fileOf(settings, "attempts", "with-hint-1", "agent.log")).toMatch(/^key \[REDACTED:.+\]\n$/);
  });
});

describe("attempts are left out by the rules", () => {
  it("where the agent is not there, with what is said of it", async () => {
    const settings = await settingsOf({ command: "sh -c 'exec not-a-program'", attempts: 1 });
    const { report } = await run(settings);
    expect(report.attempts.map(({ exclusion }) => exclusion)).toEqual([
      { reason: "agent_not_started", detail: "ended with exit code 127" },
      { reason: "agent_not_started", detail: "ended with exit code 127" },
    ]);
    expect(report.comparison).toMatchObject({ pairs: 0, p: null, verdict: "not_shown" });
  });

  it("where it could not be started at all", async () => {
    const settings = await settingsOf({ command: "./made-by-nobody {task_file}", attempts: 1 });
    const { report } = await run(settings);
    expect(report.attempts.map(({ exclusion }) => exclusion)).toEqual([
      { reason: "agent_not_started", detail: "could not be started" },
      { reason: "agent_not_started", detail: "could not be started" },
    ]);
  });

  it("where a set-up fails or a check vanishes", async () => {
    const root = (await settingsOf({})).here;
    const settings = await settingsOf({
      setup: `sh -c 'case "$PWD" in */runs/01/*) exit 3;; esac'`,
      command: `sh -c 'case "$PWD" in */runs/02/*) rm -f ${root}/check;; esac'`,
      check: `sh -c '[ ! -e ${root}/check ] && exec ${root}/check; false'`,
      attempts: 1,
    });
    fs.writeFileSync(path.join(root, "check"), "");
    const { report } = await run(settings);
    expect(report.attempts.map(({ exclusion, agent }) => [exclusion, agent === null])).toEqual([
      [{ reason: "setup_failed", detail: "ended with exit code 3" }, true],
      [{ reason: "check_not_run", detail: "ended with exit code 127" }, false],
    ]);
  });
});

describe("an experiment is refused before anything is spent", () => {
  it.each([
    [{ check: "true" }, "--check passes in a fresh folder"],
    [{ check: "not-a-program" }, "--check could not be started in a fresh folder"],
    [{ setup: "false" }, "--setup ended with exit code 1 in a fresh folder"],
    [{ command: "not-a-program {task}" }, "the program not-a-program was not found"],
    [{ template: "/not/there" }, "--template-dir /not/there cannot be read as a folder"],
    [{ hint: { text: " \n", source: "made" } }, "there is nothing to compare"],
    [{ task: "--force", command: "echo {task}" }, "would be read as an option"],
  ])("%o", async (given, message) => {
    const settings = await settingsOf(given);
    await expect(run(settings)).rejects.toThrow(message);
    expect(fs.existsSync(path.join(settings.out, "protocol.json"))).toBe(false);
    // The same folder serves once the mistake is mended.
    const { report } = await run(await settingsOf({ out: settings.out, here: settings.here }));
    expect(report.attempts).toHaveLength(4);
  });
});

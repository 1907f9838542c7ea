import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Confinement,
  executeReplay,
  inBubblewrap,
  inContainer,
  openWorkFolder,
  type ReplayFile,
  type ReplaySetup,
  unconfined,
  type WorkFolder,
  whyNoBubblewrap,
  whyNoContainer,
} from "../../../src/replay/execute/index.ts";
import { readReplay } from "../../../src/replay/execute/replay-file.ts";
import { parseMap, planReplay } from "../../../src/replay/plan/index.ts";
import { tempRun } from "../../support/temp-run.ts";
import { called, ran, recording, type Said } from "../plan/recording.ts";

const ENV = { PATH: process.env.PATH ?? "", SECRET: "of-the-host" };
const never = new AbortController().signal;
const noBubblewrap = await whyNoBubblewrap(never);

type Confine = (work: WorkFolder) => Confinement;
const bare: Confine = (work) => unconfined(work, ENV);
const boxed: Confine = (work) => inBubblewrap(work, [parseMap("/app=.")], false);

/** An empty folder, and how these steps are replayed in it. */
function replaying(said: readonly Said[], confine: Confine) {
  const root = tempRun({ "empty/.keep": "" });
  fs.rmSync(path.join(root, "empty/.keep"));
  const work = openWorkFolder(path.join(root, "empty"), { home: null, run: null, allow_checkout: true });
  const recorded = recording(said);
  const shown: number[] = [];
  const replay = (more: Partial<ReplaySetup> = {}): Promise<ReplayFile> =>
    executeReplay({
      plan: planReplay(recorded, said.length),
      steps: recorded.steps,
      confinement: confine(work),
      state: work.state,
      maps: [],
      run_directory: null,
      only_safe: false,
      keep_going: false,
      timeout_seconds: 20,
      done: [],
      redo: null,
      signal: never,
      now: () => 1_700_000_000_000,
      redact: (text) => text,
      onBegin: () => {},
      onStep: ({ step_id }) => shown.push(step_id),
      ...more,
    });
  return { ...work, root, replay, shown };
}

const ways: [string, Confine][] = [["without a sandbox", bare]];
if (noBubblewrap === null) ways.push(["in bubblewrap", boxed]);

describe.each(ways)("a replay %s", (_, confine) => {
  it("does what was done, and says that it gave the same", async () => {
    const { folder, state, replay } = replaying(
      [
        ran("printf 'b\\na\\n' > list"),
        ran("sort list | tee sorted", 0, "a\nb\n"),
        called("Edit", { file_path: "sorted", old_string: "b", new_string: "c" }),
        ran("rm list; cat sorted missing", 1, "a\nc\ncat: missing: No such file or directory\n"),
      ],
      confine,
    );
    const result = await replay();
    expect(
      result.steps.map(({ step_id, how, exit_code, comparison }) => [step_id, how, exit_code, comparison]),
    ).toEqual([
      [1, "ran", 0, { state: "same" }],
      [2, "ran", 0, { state: "same" }],
      [
        3,
        "ran",
        0,
        { state: "not_compared", reason: "a file tool answers in its own words; the change was made" },
      ],
      [4, "ran", 1, { state: "same" }],
    ]);
    expect([result.finished, result.stopped, result.in_flight]).toEqual([true, null, null]);
    expect(readReplay(state)).toEqual(result);
    expect(fs.readdirSync(folder)).toEqual(["sorted"]);
    expect(fs.readFileSync(path.join(folder, "sorted"), "utf8")).toBe("a\nc\n");
  });

  it("stops where a step goes another way, and goes on when told to", async () => {
    const { folder, replay, shown } = replaying(
      [ran("touch a"), ran("wc -l < data > count; cat count", 0, "2\n"), ran("touch b")],
      confine,
    );
    fs.writeFileSync(path.join(folder, "data"), "1\n2\n3\n");
    const first = await replay();
    expect(first.steps.at(-1)?.comparison).toEqual({
      state: "different",
      line: 1,
      recorded: "2",
      replayed: "3",
    });
    expect(first.stopped).toEqual({
      step_id: 2,
      reason:
        "it went another way than in the recording; look at what it left, then say --done 2, --redo 2 or --keep-going",
    });
    expect((await replay()).stopped).toEqual(first.stopped);
    fs.writeFileSync(path.join(folder, "data"), "1\n2\n");
    const redone = await replay({ redo: 2 });
    expect([redone.finished, redone.steps[1]?.comparison]).toEqual([true, { state: "same" }]);
    expect(shown).toEqual([1, 2, 2, 3]);
    expect(fs.existsSync(path.join(folder, "b"))).toBe(true);
  });

  it("stops a step at the time limit, with all that it started", async () => {
    const { folder, replay } = replaying([ran("(sleep 3; touch late) & sleep 60; touch never")], confine);
    const result = await replay({ timeout_seconds: 1 });
    expect([result.steps[0]?.stopped, result.steps[0]?.matters, result.finished]).toEqual([
      "time",
      true,
      false,
    ]);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it("ends what a step leaves running with the step", async () => {
    const { folder, replay } = replaying([ran("(sleep 2; touch late) & touch now")], confine);
    expect((await replay()).finished).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(fs.readdirSync(folder)).toEqual(["now"]);
  });

  it("keeps the ends of an output that is long, and stops one that has no end", async () => {
    const { replay } = replaying([ran("seq 20000 | tee a"), ran("yes > /dev/stdout; touch b")], confine);
    const { steps } = await replay({ keep_going: true });
    expect(steps[0]?.output.startsWith("1\n2\n")).toBe(true);
    expect([steps[0]?.elided_chars, steps[1]?.stopped]).toEqual([68_894, "output"]);
    expect(JSON.stringify(steps).length).toBeLessThan(200_000);
  });

  it("says of a step that was cut off that it may be half done, and does it again only when told to", async () => {
    const abort = new AbortController();
    const { folder, replay } = replaying(
      [ran("touch a"), ran("echo x >> log; [ -e slow ] || sleep 60")],
      confine,
    );
    const isThere = setInterval(() => {
      if (fs.existsSync(path.join(folder, "log"))) abort.abort();
    }, 20);
    const cut = await replay({ signal: abort.signal });
    clearInterval(isThere);
    expect([cut.in_flight, cut.finished, cut.steps.map(({ step_id }) => step_id)]).toEqual([2, false, [1]]);
    await expect(replay()).rejects.toThrow(
      `step 2 was cut off and may be half done; look at what it left in ${folder}, then say --redo 2, or --done 2 where it is whole`,
    );
    fs.writeFileSync(path.join(folder, "slow"), "");
    expect((await replay({ redo: 2 })).finished).toBe(true);
    expect(fs.readFileSync(path.join(folder, "log"), "utf8")).toBe("x\nx\n");
  });

  it("goes on behind a cut-off step that is said to be whole", async () => {
    const { state, replay } = replaying([ran("touch a"), ran("touch b")], confine);
    const whole = await replay();
    fs.writeFileSync(
      path.join(state, "replay.json"),
      JSON.stringify({ ...whole, steps: whole.steps.slice(0, 1), in_flight: 2, finished: false }),
    );
    const { steps, finished } = await replay({ done: [2] });
    expect([finished, steps.map(({ how }) => how)]).toEqual([true, ["ran", "by_hand"]]);
  });

  it("stops at what must be done by hand", async () => {
    const { replay } = replaying([ran("touch a"), called("mcp__write", { x: 1 }), ran("touch b")], confine);
    expect((await replay()).stopped).toEqual({
      step_id: 2,
      reason:
        "it must be done by hand: mcp__write is a tool of the agent's, which a script does not have; then say --done 2",
    });
    expect((await replay({ done: [2] })).steps.map(({ how }) => how)).toEqual(["ran", "by_hand", "ran"]);
  });

  it("does not go on with another plan in the same folder", async () => {
    const { state, replay } = replaying([ran("touch a"), ran("touch b")], confine);
    await replay();
    const other = planReplay(recording([ran("touch a"), ran("touch c")]), 2);
    await expect(replay({ plan: other })).rejects.toThrow(
      `${state} holds another replay: of another run, up to another step, or with other --map; take another folder`,
    );
  });

  it("gives commands an environment of their own", async () => {
    const { replay } = replaying([ran("env | grep -c SECRET; touch a", 0, "0\n")], confine);
    expect((await replay()).steps[0]?.comparison).toEqual({ state: "same" });
  });

  it("puts marks for secrets that commands print", async () => {
    const { replay } = replaying([ran("echo token-1 | tee a", 0, "[mark]\n")], confine);
    const { steps } = await replay({ redact: (text) => text.replace("token-1", "[mark]") });
    expect([steps[0]?.output, steps[0]?.comparison]).toEqual(["[mark]\n", { state: "same" }]);
  });
});

describe("a replay without a sandbox", () => {
  it("does not do what is known to reach out of the folder", async () => {
    const { root, replay } = replaying([ran("touch /tmp/codetracer-test-outside")], bare);
    const { steps } = await replay();
    expect([steps[0]?.exit_code, steps[0]?.output.includes("reaches out of the folder")]).toEqual([2, true]);
    expect(fs.existsSync("/tmp/codetracer-test-outside")).toBe(false);
    expect(fs.readdirSync(path.join(root, "empty"))).toEqual([]);
  });
});

describe.skipIf(noBubblewrap !== null)("a replay in bubblewrap", () => {
  it("finds recorded paths where they were, and lasting temporary files", async () => {
    const { folder, replay } = replaying(
      [
        ran("mkdir -p /app/x && echo 1 > /app/x/a && cp /app/x/a /tmp/b"),
        ran("cd /app/x; pwd; cat /tmp/b > c; cat c", 0, "/app/x\n1\n"),
      ],
      boxed,
    );
    expect((await replay()).steps.map(({ comparison }) => comparison)).toEqual([
      { state: "same" },
      { state: "same" },
    ]);
    expect(fs.readFileSync(path.join(folder, "x/c"), "utf8")).toBe("1\n");
  });

  it("reaches nothing else: no files, no network, no processes, no results of its own", async () => {
    const secret = tempRun({ "secret.txt": "of-the-host" });
    const { root, replay } = replaying(
      [
        ran(`cat ${secret}/secret.txt || touch a`),
        ran("rm -f /etc/passwd /usr/bin/env; touch /usr/x /etc/x /x; touch b"),
        ran(
          "(exec 3<>/dev/tcp/127.0.0.1/22) 2>/dev/null && echo open || echo closed; touch c",
          0,
          "closed\n",
        ),
        ran("ls /proc | grep -c '^[0-9]' > d; ls /proc/self/fd | wc -l; touch e", 0, "4\n"),
        ran("cd /run/codetracer && ls && echo x > replay.sh; touch /app/f", 0),
      ],
      boxed,
    );
    const { steps } = await replay({ keep_going: true });
    expect(fs.readFileSync(path.join(secret, "secret.txt"), "utf8")).toBe("of-the-host");
    expect(steps.map(({ output }) => output).join("")).not.toContain("of-the-host");
    expect(steps.slice(2, 4).map(({ comparison }) => comparison)).toEqual([
      { state: "same" },
      { state: "same" },
    ]);
    expect(steps[4]?.output).toContain("replay.sh\nsession\n");
    expect(steps[4]?.output).toContain("replay.sh: Read-only file system");
    expect(Number(fs.readFileSync(path.join(root, "empty/d"), "utf8"))).toBeLessThan(10);
    expect(fs.existsSync("/etc/passwd") && fs.existsSync("/usr/bin/env")).toBe(true);
    expect(fs.existsSync("/usr/x") || fs.existsSync("/etc/x") || fs.existsSync("/x")).toBe(false);
    expect(fs.readdirSync(root).sort()).toEqual(["empty", "empty.codetracer-replay"]);
  });
});

describe.skipIf(noBubblewrap !== null)("a mapped folder in bubblewrap", () => {
  it("is not followed where a command made a link of it", async () => {
    const outside = tempRun({ "kept.txt": "" });
    const maps = [parseMap("/app=."), parseMap("/data=data")];
    const { folder, replay } = replaying(
      [
        ran(`touch /data/a && mv /app/data /app/old && ln -s ${outside} /app/data`),
        ran("rm /data/*; touch b"),
      ],
      (work) => inBubblewrap(work, maps, false),
    );
    await expect(replay()).rejects.toThrow(
      `--map to data: ${folder}/data is no folder any more but a link or a file that a command left; begin again in an empty folder`,
    );
    expect([fs.readdirSync(outside), fs.readdirSync(path.join(folder, "old"))]).toEqual([
      ["kept.txt"],
      ["a"],
    ]);
  });
});

describe("a replay in a container", () => {
  /** Stands in for the program `docker`: a container is a folder. */
  function engine() {
    const root = tempRun({
      "bin/docker": `#!/bin/bash\n[ "$1 $2 $3" = "exec -i box" ] || { echo "no such container: $3" >&2; exit 1; }\nshift 3\ncd "$(dirname "$0")/../box" && exec "$@"\n`,
      "box/.keep": "",
    });
    fs.chmodSync(path.join(root, "bin/docker"), 0o755);
    const env = { PATH: `${path.join(root, "bin")}:${ENV.PATH}` };
    const digest = path.basename(root).slice(-6);
    return { root, confine: (name: string) => () => inContainer(name, `${digest}abcdef`, env, root) };
  }

  it("runs in the container's working directory, and keeps its result outside", async () => {
    const { root, confine } = engine();
    const { replay, state } = replaying(
      [ran("echo 1 > a; cat a", 0, "1\n"), ran("pwd > b; cat a", 0, "2\n")],
      confine("box"),
    );
    const result = await replay();
    expect([result.where, result.confinement]).toEqual(["docker:box", "container"]);
    expect(result.steps.map(({ comparison }) => comparison?.state)).toEqual(["same", "different"]);
    expect(fs.readFileSync(path.join(root, "box/b"), "utf8")).toBe(`${path.join(root, "box")}\n`);
    expect(readReplay(state)).toEqual(result);
  });

  it("says why a container cannot be used", async () => {
    const { confine } = engine();
    expect(await whyNoContainer(confine("box")(), never)).toBe(null);
    expect(await whyNoContainer(confine("other")(), never)).toBe("no such container: other");
    expect(() => confine("box; rm -rf /")()).toThrow(
      "--container box; rm -rf /: takes the name of a running container, or podman:<name>",
    );
  });
});

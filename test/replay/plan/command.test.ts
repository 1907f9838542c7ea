import fs from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type ReplayPlanFlags, replayPlan } from "../../../src/cli/commands/replay-plan.ts";
import type { Io } from "../../../src/cli/io.ts";
import { whyNoBubblewrap } from "../../../src/replay/execute/index.ts";
import { planReplay, renderPlan } from "../../../src/replay/plan/index.ts";
import { noTerminal } from "../../support/no-terminal.ts";
import { tempRun } from "../../support/temp-run.ts";
import { called, ran, recording, typed } from "./recording.ts";

class Sink extends Writable {
  text = "";
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const never = new AbortController().signal;
const noBubblewrap = await whyNoBubblewrap(never);

/** A recording of a small agent: each action with its exit code and output. */
function trajectory(...actions: [string, number, string][]): string {
  const messages = actions.flatMap(([command, code, output]) => [
    { role: "assistant", content: `THOUGHT: go on.\n\n\`\`\`mswea_bash_command\n${command}\n\`\`\`` },
    { role: "user", content: `<returncode>${code}</returncode>\n<output>\n${output}</output>` },
  ]);
  return JSON.stringify({
    info: { exit_status: "Submitted", submission: "", mini_version: "1.14.0" },
    messages: [
      { role: "system", content: "You can run bash." },
      { role: "user", content: "Count." },
      ...messages,
    ],
    trajectory_format: "mini-swe-agent-1",
  });
}

const TOY = trajectory(
  ["ls", 0, ""],
  ["mkdir /app/out && echo 3 > /app/out/n", 0, ""],
  ["date > out/when; cat out/n", 0, "3\n"],
  ["cat missing > out/x", 1, "cat: missing: No such file or directory\n"],
);

async function planning(flags: ReplayPlanFlags, root = tempRun({ "run/toy.traj.json": TOY })) {
  fs.mkdirSync(path.join(root, "work"), { recursive: true });
  const io: Io & { stdout: Sink; stderr: Sink } = {
    ...noTerminal(),
    stdout: new Sink(),
    stderr: new Sink(),
    env: { PATH: process.env.PATH ?? "", HOME: "/nowhere" },
    cwd: root,
    now: () => 1_700_000_000_000,
    signal: never,
  };
  const code = await replayPlan("run", flags, io);
  return {
    root,
    code,
    stdout: io.stdout.text.replaceAll(root, "ROOT"),
    stderr: io.stderr.text.replaceAll(root, "ROOT"),
  };
}

describe("codetracer replay plan", () => {
  it("lists what changes state, and runs nothing", async () => {
    const { root, stdout, code } = await planning({ to: "4" });
    expect([code, stdout]).toEqual([
      0,
      `Run         run/toy.traj.json
Fork point  none: the diagnosis found nothing wrong
Up to       step 4, as asked for
Steps       3 of 4 change state
Works in    /app

   2  write n · out, out/n
   3  write when · out/when
      risk: time (date)
   4  write x · out/x
      failed in the recording with exit code 1, and is expected to

Nothing was run. A replay begins with what its folder holds: put there what the task started with.
--script <file> writes a script of it; this runs it in a sandbox:
  --execute --workdir <folder> --map /app=.
`,
    ]);
    expect(fs.readdirSync(root).sort()).toEqual(["run", "work"]);
  });

  it("keeps what is no danger on the step's own line", () => {
    const said = [
      called("Write", { file_path: "/app/a.py", content: "" }),
      ran("curl -o b https://example.org/b"),
      called("mcp__write", { x: 1 }),
      typed("make\n", "gcc"),
      typed("C-c", "$ "),
    ];
    expect(
      renderPlan(planReplay(recording(said, 6), null), { color: false, width: 100 }),
    ).toBe(`Run         runs/toy
Fork point  step 5: the last good step before the onset, step 6
Steps       5 of 5 change state, 1 to be done by hand, 1 need nothing
Works in    /app

   1  write a.py · agent tool
   2  download b
      risk: network (https://example.org/b)
   3  mcp__write
      by hand: mcp__write is a tool of the agent's, which a script does not have
   4  build (make)
      risk: interrupted (by the keys of step 5)
   5  interrupt (C-c)
      left out: C-c rebuilds nothing: each command runs to its own end here

A replay stops at step 3, which must be done by hand and confirmed with --done 3.
1 step may reach further than the folder of a replay; --only-safe stops before each.
Nothing was run. A replay begins with what its folder holds: put there what the task started with.
--script <file> writes a script of it; this runs it in a sandbox:
  --execute --workdir <folder> --map /app=.
`);
  });

  it("asks for a step where there is no fork point", async () => {
    expect((await planning({})).stdout).toContain(
      "Name the step whose state is to be rebuilt with --to <step>.",
    );
    await expect(planning({ script: "-" })).rejects.toThrow(
      "there is no fork point: the diagnosis found nothing wrong; name a step with --to <step>",
    );
  });

  it("prints the plan as JSON, and the script", async () => {
    const plan = JSON.parse((await planning({ to: "2", json: true })).stdout);
    expect(plan.steps[0].act).toEqual({
      form: "shell",
      command: "mkdir /app/out && echo 3 > /app/out/n",
      background: false,
    });
    expect((await planning({ to: "2", script: "-" })).stdout).toMatch(/^#!\/usr\/bin\/env bash\n/);
    const { root, stdout } = await planning({ to: "2", script: "a.sh" });
    expect(stdout).toContain("Nothing was run.");
    expect(fs.statSync(path.join(root, "a.sh")).mode & 0o777).toBe(0o755);
  });

  it.each<[ReplayPlanFlags, string]>([
    [
      { execute: true },
      "--execute runs what the agent ran: name where, with one of --workdir <empty folder> and --container <name>",
    ],
    [{ workdir: "work" }, "nothing is run without --execute; say it, or leave out --workdir and --container"],
    [
      { execute: true, container: "box", map: ["/app=."] },
      "--map, --network and --unsandboxed are for --workdir: a container has its own paths and network",
    ],
    [
      { execute: true, workdir: "work", network: true, unsandboxed: true },
      "--network opens the sandbox, and --unsandboxed has none; give one of them",
    ],
    [{ to: "x" }, "--to takes a whole number from 0 on, not x"],
    [
      { to: "2", script: "run/a.sh" },
      "--script run/a.sh lies in the recorded run, where nothing is written; name another file",
    ],
  ])("refuses %j", async (flags, message) => {
    await expect(planning(flags)).rejects.toThrow(message);
  });

  it("refuses the folder of the run", async () => {
    await expect(planning({ to: "2", execute: true, workdir: "run" })).rejects.toThrow(
      /--workdir: .*run is, holds, or lies in the recorded run .*, where nothing is written; take another folder$/,
    );
  });

  it.skipIf(noBubblewrap !== null)(
    "rebuilds the state in a sandbox, and shows how each step compares",
    async () => {
      const flags = { to: "4", execute: true, workdir: "work", map: ["/app=."] };
      const { root, code, stdout, stderr } = await planning(flags);
      expect([code, stdout, stderr]).toEqual([
        0,
        `   2  write n · same
   3  write when · same
   4  write x · same

Replayed    3 steps of 3: 3 as recorded, 0 different, 0 not comparable
Where       ROOT/work
Result      ROOT/work.codetracer-replay/replay.json

The state after step 4 is rebuilt, as far as the recording tells.
`,
        "codetracer: running what the agent ran, in a sandbox that can change nothing but ROOT/work\n",
      ]);
      expect(fs.readFileSync(path.join(root, "work/out/n"), "utf8")).toBe("3\n");
      const again = await planning({ ...flags, json: true }, root);
      expect([again.code, JSON.parse(again.stdout).finished, again.stderr]).toEqual([0, true, ""]);
    },
  );

  it.skipIf(noBubblewrap !== null)("says where a replay goes another way", async () => {
    const { code, stdout } = await planning({ to: "4", execute: true, workdir: "work" });
    expect([code, stdout]).toEqual([
      1,
      `   2  write n · exit code 1, in the recording 0
      it ends with: mkdir: cannot create directory ‘/app/out’: No such file or directory

Replayed    1 step of 3: 0 as recorded, 1 different, 0 not comparable
Where       ROOT/work
Result      ROOT/work.codetracer-replay/replay.json

Stopped at step 2: it went another way than in the recording; look at what it left, then say --done
2, --redo 2 or --keep-going.
`,
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { planReplay } from "../../../src/replay/plan/index.ts";
import type { Act } from "../../../src/replay/plan/plan.ts";
import { called, ran, recording, type Said, typed } from "./recording.ts";

function planned(...said: Said[]) {
  return planReplay(recording(said), said.length).steps;
}

function actOf(...said: Said[]): Act | undefined {
  return planned(...said).at(-1)?.act;
}

function risksOf(...said: Said[]): string[] {
  return (planned(...said).at(-1)?.risks ?? []).map(({ kind, detail }) =>
    detail === "" ? kind : `${kind}: ${detail}`,
  );
}

describe("the plan of a replay", () => {
  it("goes to the fork point, and holds what changes state", () => {
    const run = recording(
      [ran("ls"), ran("mkdir a"), ran("cat x", 1), ran("echo 1 > a/b"), ran("rm -rf a")],
      5,
    );
    const plan = planReplay(run, null);
    expect({ ...plan, codetracer_version: "", steps: plan.steps.map(({ step_id }) => step_id) }).toEqual({
      codetracer_version: "",
      run: "runs/toy",
      fork_point: { step_id: 4, reason: "the last good step before the onset, step 5" },
      to_step_id: 4,
      step_count: 4,
      recorded_root: null,
      steps: [2, 4],
    });
    expect(plan.steps[1]).toEqual({
      step_id: 4,
      name: "write b",
      agent: "main",
      act: { form: "shell", command: "echo 1 > a/b", background: false },
      directory: "",
      typed: false,
      keeps_session: false,
      files: ["a/b"],
      risks: [],
      expected: { exit_code: 0, source: "recorded", failed: false },
    });
  });

  it("holds nothing where there is neither a fork point nor a step named", () => {
    const plan = planReplay(recording([ran("mkdir a")]), null);
    expect([plan.to_step_id, plan.steps]).toEqual([null, []]);
  });

  it("refuses a step that the run has not", () => {
    expect(() => planReplay(recording([ran("mkdir a")]), 2)).toThrow(
      "--to 2: the run has 1 steps; name one of them, or 0 for the start",
    );
  });

  it("keeps the directory of a shell that lives on, and what sets up its variables", () => {
    const bash = (action: string): Said => ({ tool: "Bash", arguments: { command: action }, action });
    const steps = planned(bash("cd /app/src"), bash("export A=1"), bash("touch b"), ran("touch c"));
    expect(steps.map(({ step_id, directory, keeps_session }) => [step_id, directory, keeps_session])).toEqual(
      [
        [2, "/app/src", true],
        [3, "/app/src", true],
        [4, "", false],
      ],
    );
  });

  it("joins the keys of a here-document that several steps typed", () => {
    const steps = planned(
      typed("cat > f <<'EOF'\n"),
      typed("rm -rf /\n"),
      typed("EOF\n"),
      typed("touch g\n"),
    );
    expect(steps.map(({ step_id, act }) => [step_id, act])).toEqual([
      [1, { form: "part", completed_by: 3 }],
      [2, { form: "part", completed_by: 3 }],
      [3, { form: "shell", command: "cat > f <<'EOF'\nrm -rf /\nEOF\n", background: false }],
      [4, { form: "shell", command: "touch g\n", background: false }],
    ]);
    expect(steps[2]?.files).toEqual(["f"]);
  });

  it("does not run a here-document that is never closed", () => {
    const reason = "the here-document is not closed before the next step, or by keys that are not text";
    expect(planned(typed("cat > f <<'EOF'\n"), typed("one\n")).map(({ act }) => act)).toEqual([
      { form: "manual", reason },
      { form: "manual", reason },
    ]);
  });

  it("says what belongs to a command that keys stopped", () => {
    const steps = planned(typed("make\n", "gcc a.c\n"), typed("C-c", "^C\nroot@box:/app# "));
    expect(steps.map(({ act }) => act.form)).toEqual(["shell", "nothing"]);
    expect(steps[0]?.risks).toEqual([{ kind: "interrupted", detail: "by the keys of step 2" }]);
  });
});

describe("what a step is done again by", () => {
  it.each<[string, Said[], Act]>([
    [
      "keys that answer a program's question",
      [typed("./setup\n", "Overwrite a? [y/N]"), typed("rm a\n")],
      {
        form: "manual",
        reason: "the keys answer a question of the program before, which depends on its screen",
      },
    ],
    [
      "keys in an interpreter",
      [typed("python3\n", "Python 3.12\n>>> "), typed("open('a', 'w').write('x')\n")],
      { form: "manual", reason: "the keys go to an interpreter, and what they do depends on its screen" },
    ],
    [
      "what the user refused",
      [
        called(
          "Write",
          { file_path: "a", content: "x" },
          { observation: "The user doesn't want to proceed with this tool use." },
        ),
      ],
      { form: "nothing", reason: "the harness or its user refused it: it was never run" },
    ],
    [
      "an edit that failed",
      [called("Edit", { file_path: "a", old_string: "x", new_string: "y" }, { is_error: true })],
      { form: "nothing", reason: "the tool refused it in the recording: it changed nothing" },
    ],
    [
      "a tool that only the agent has",
      [called("execute_ipython_cell", { code: "open('a', 'w').write('x')" })],
      {
        form: "manual",
        reason: "execute_ipython_cell is a tool of the agent's, which a script does not have",
      },
    ],
    [
      "a command that only the agent's shell has",
      [ran("edit 1:1\nx\nend_of_edit")],
      { form: "manual", reason: "it calls edit, which only the agent's own shell has" },
    ],
    [
      "characters that a script cannot hold",
      [ran("printf 'a\0b' > c")],
      { form: "manual", reason: "it holds characters that a script cannot" },
    ],
    [
      "an editor's call written as a command",
      [ran("str_replace_editor str_replace /app/a.py --old_str 'x = 1' --new_str 'x = 2'")],
      {
        form: "files",
        operations: [
          { operation: "edit", path: "/app/a.py", edits: [{ kind: "once", old: "x = 1", new: "x = 2" }] },
        ],
      },
    ],
    [
      "a command left in the background",
      [{ tool: "Bash", arguments: { command: "npm start", run_in_background: true }, action: "npm start" }],
      { form: "shell", command: "npm start", background: true },
    ],
  ])("%s", (_, said, act) => {
    expect(actOf(...said)).toEqual(act);
  });

  it("is by hand where a secret was redacted, and only where one was", () => {
    const said = [ran("echo '[REDACTED:github-pat]' > token")];
    expect(planReplay(recording(said, null, { "github-pat": 1 }), 1).steps[0]?.act.form).toBe("manual");
    expect(planReplay(recording(said), 1).steps[0]?.act.form).toBe("shell");
  });
});

describe("the risks of a step", () => {
  it.each<[string, string[]]>([
    ["curl -o a https://example.org/a", ["network: https://example.org/a"]],
    ["git clone /srv/repo copy", []],
    ["git push origin main", ["network: git push", "credentials: git push"]],
    ["apt-get update", ["packages: apt-get"]],
    ["pip install left right", ["packages: left, right"]],
    ["make install", ["writes outside: make install"]],
    ["rm -rf build", []],
    ["rm -rf $DIR", ["deletes outside: $DIR"]],
    ["rm -rf /etc/nginx", ["deletes outside: /etc/nginx"]],
    ["find / -name '*.pyc' -delete", ["deletes outside: find -delete"]],
    ["ls | xargs rm", ["deletes outside: what xargs is given"]],
    ["echo x > /etc/hosts", ["writes outside: /etc/hosts"]],
    ["sudo chmod 600 a", ["root rights"]],
    ["date > a", ["time: date"]],
    ["export GH_TOKEN=x", ["credentials: sets a key"]],
    ["python3 -m http.server 80 &", ["services: http.server"]],
  ])("%s", (command, risks) => {
    expect(risksOf(ran(command))).toEqual(risks);
  });

  it("are measured from the directory that the recording works in", () => {
    const plan = planReplay(recording([ran("cd /app && touch a"), ran("rm /app/a /data/b")]), 2);
    expect([plan.recorded_root, plan.steps[1]?.risks]).toEqual([
      "/app",
      [{ kind: "deletes outside", detail: "/data/b" }],
    ]);
  });
});

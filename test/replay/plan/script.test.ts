import fs from "node:fs";
import path from "node:path";
import { execaSync } from "execa";
import { describe, expect, it } from "vitest";
import { parseMap, planReplay, replayScript } from "../../../src/replay/plan/index.ts";
import { tempRun } from "../../support/temp-run.ts";
import { called, ran, recording, type Said } from "./recording.ts";

const OPTIONS = { run_directory: null, maps: [], only_safe: false };

/** Writes the script of these steps beside an empty folder `work`. */
function scripted(said: readonly Said[], options: Partial<Parameters<typeof replayScript>[1]> = {}) {
  const root = tempRun({ "work/.keep": "" });
  fs.rmSync(path.join(root, "work/.keep"));
  const script = path.join(root, "replay.sh");
  fs.writeFileSync(
    script,
    replayScript(planReplay(recording(said), said.length), { ...OPTIONS, ...options }),
  );
  const run = (...args: string[]) => {
    const env = { PATH: process.env.PATH ?? "", HOME: path.join(root, "home"), TMPDIR: root };
    const { exitCode, stdout, stderr } = execaSync("bash", [script, ...args], {
      cwd: root,
      env,
      extendEnv: false,
      reject: false,
    });
    return { exitCode, stdout: stdout.replaceAll(root, "ROOT"), stderr: stderr.replaceAll(root, "ROOT") };
  };
  return { root, run, work: path.join(root, "work"), text: fs.readFileSync(script, "utf8") };
}

function filesBelow(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

const NASTY = 'it\'s $HOME `id` $(id) \\n "q" & ; * ~ %s\n\tEND\nEOF\n';

describe("the script of a plan", () => {
  it("prints what it would do, and touches nothing", () => {
    const { run, root } = scripted([
      ran("echo one > a"),
      called("Write", { file_path: "b", content: "two\n" }),
      called("Edit", { file_path: "b", old_string: "x", new_string: "y" }, { is_error: true }),
      called("execute_ipython_cell", { code: "open('a', 'w')" }),
      ran("pip install left"),
    ]);
    const before = filesBelow(root);
    expect(run()).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `
── step 1: write a
    echo one > a

── step 2: write b (risks: agent tool)
    write b:
    two


── step 3: edit b
    left out: the tool refused it in the recording: it changed nothing

── step 4: Python writes a
    by hand: execute_ipython_cell is a tool of the agent's, which a script does not have

── step 5: install left (risks: packages)
    pip install left

── that is all`,
    });
    expect(filesBelow(root)).toEqual(before);
  });

  it("does again what was done, of any text", () => {
    const { run, work } = scripted([
      called("Write", { file_path: "src/a.txt", content: NASTY }),
      called("Write", { file_path: "crlf\u200b.txt", content: "a\r\nb\u202e\u0007" }),
      called("Edit", { file_path: "src/a.txt", old_string: "`id` $(id)", new_string: "\\0 & 'x'\n" }),
      called("str_replace_editor", { command: "insert", path: "src/a.txt", insert_line: 0, new_str: "top" }),
      called("apply_patch", {
        input: "*** Begin Patch\n*** Update File: src/a.txt\n@@ top\n-EOF\n+end\n+of\n*** End Patch",
      }),
      ran(`printf '%s' '${NASTY.replaceAll("'", "'\\''")}' > by-shell`),
      called("apply_patch", {
        input:
          "*** Begin Patch\n*** Add File: new\n+x\n*** Update File: by-shell\n*** Move to: moved\n@@\n+y\n*** End Patch",
      }),
    ]);
    expect(run("--execute", "work")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(filesBelow(work)).toEqual({
      "src/a.txt": `top\n${NASTY.replace("`id` $(id)", "\\0 & 'x'\n").replace("EOF\n", "end\nof\n")}`,
      "crlf\u200b.txt": "a\r\nb\u202e\u0007",
      moved: `${NASTY}y\n`,
      new: "x\n",
    });
  });

  it("edits as exactly as the recording did, or not at all", () => {
    const edit = (old_string: string): Said =>
      called("Edit", { file_path: "a", old_string, new_string: "X" });
    for (const [old, complaint] of [
      ["two", "codetracer: the text to replace stands in the file more than once"],
      ["t.o", "codetracer: the text to replace does not stand in the file"],
    ]) {
      const { run, work } = scripted([
        called("Write", { file_path: "a", content: "one\ntwo two" }),
        edit(old ?? ""),
      ]);
      const { exitCode, stdout, stderr } = run("--execute", "work");
      expect([exitCode, stdout.split("\n").at(-1), stderr]).toEqual([
        2,
        complaint,
        "── step 2 ended with exit code 1, in the recording with 0\ncodetracer: stopped at step 2; look at what it left, then say --done 2, or --keep-going",
      ]);
      expect(filesBelow(work)).toEqual({ a: "one\ntwo two" });
    }
  });

  it("expects a step to fail that failed in the recording, and stops where one ends otherwise", () => {
    const { run, work } = scripted([ran("touch a; exit 3", 3), ran("touch b; exit 4", 0), ran("touch c")]);
    expect(run("--execute", "work")).toEqual({
      exitCode: 2,
      stdout: "\n── step 1: create a\n\n── step 2: create b",
      stderr:
        "── step 2 ended with exit code 4, in the recording with 0\ncodetracer: stopped at step 2; look at what it left, then say --done 2, or --keep-going",
    });
    expect(run("--execute", "work", "--done", "2")).toEqual({
      exitCode: 0,
      stdout: "\n── step 3: create c\n\n── that is all",
      stderr: "",
    });
    expect(Object.keys(filesBelow(work))).toEqual(["a", "b", "c"]);
  });

  it("keeps directory and variables of a shell that lives on, and gives nothing of the caller's", () => {
    const bash = (action: string): Said => ({ tool: "execute_bash", arguments: { command: action }, action });
    const { run, work } = scripted([
      bash("mkdir sub && cd sub && export A='x y'"),
      bash('echo "$A $PWD" > a'),
      ran('env | cut -d= -f1 | grep -vE "^(_|PWD|SHLVL|OLDPWD)$" | sort | tr "\\n" " " > env'),
    ]);
    expect(run("--execute", "work")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(filesBelow(work)).toEqual({ "sub/a": `x y ${work}/sub\n`, env: "HOME LANG PATH TERM " });
  });

  it("stops at what must be done by hand, and goes on once it was", () => {
    const { run, work } = scripted([
      called("execute_ipython_cell", { code: "open('a', 'w')" }),
      ran("touch b"),
    ]);
    expect(run("--execute", "work")).toMatchObject({
      exitCode: 2,
      stderr:
        "codetracer: step 1 cannot be done by the script: execute_ipython_cell is a tool of the agent's, which a script does not have. Do it by hand, then say --done 1",
    });
    expect(run("--execute", "work", "--done", "1").exitCode).toBe(0);
    expect(Object.keys(filesBelow(work))).toEqual(["b"]);
  });

  it("does not go on over a step that was cut off", () => {
    const { run, work } = scripted([ran("touch a"), ran("touch b")]);
    fs.mkdirSync(`${work}.codetracer-replay`);
    fs.writeFileSync(`${work}.codetracer-replay/in-flight`, "1\n");
    expect(run("--execute", "work").stderr).toBe(
      "codetracer: step 1 was cut off in an earlier call and may be half done; look at what it left, then say --redo 1 or --done 1",
    );
    expect(run("--execute", "work", "--redo", "1").exitCode).toBe(0);
    expect(Object.keys(filesBelow(work))).toEqual(["a", "b"]);
  });

  it("maps recorded paths into the folder, and refuses those that are not mapped", () => {
    const said = [
      ran("mkdir -p /app/x && echo /app > /app/x/a"),
      called("Write", { file_path: "/app/b", content: "/app" }),
    ];
    const mapped = scripted(said, { maps: [parseMap("/app=in")] });
    expect(mapped.run("--execute", "work")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(filesBelow(mapped.work)).toEqual({ "in/x/a": `${mapped.work}/in\n`, "in/b": "/app" });
    const { run, work } = scripted(said);
    expect(run("--execute", "work").stderr).toBe(
      "codetracer: step 1 reaches out of the folder (/app/x). Map what it reaches into it with codetracer's --map, do it by hand and say --done 1, or, in a machine that may be lost, say --anywhere",
    );
    expect(filesBelow(work)).toEqual({});
  });

  it("leaves risky steps to the user where only safe ones are wanted", () => {
    const { run } = scripted([ran("curl -o a https://example.org/a")], { only_safe: true });
    expect(run().stdout).toContain(
      "    by hand: only safe steps are to be run, and this one has risks: network\n",
    );
  });

  it("refuses folders that hold something", () => {
    const { root, run } = scripted([ran("touch a")], { run_directory: "/usr/share" });
    fs.mkdirSync(path.join(root, "home"));
    fs.mkdirSync(path.join(root, "repo/.git"), { recursive: true });
    fs.mkdirSync(path.join(root, "repo/empty"));
    fs.mkdirSync(path.join(root, "full"));
    fs.writeFileSync(path.join(root, "full/file"), "");
    const said = (...args: string[]): string => run("--execute", ...args).stderr;
    expect(said("/")).toBe("codetracer: --execute: recorded commands are not run in /");
    expect(said("home")).toBe("codetracer: --execute: the folder is, or holds, your home");
    expect(said(".")).toBe("codetracer: --execute: the folder is, or holds, your home");
    expect(said("/usr/share")).toBe("codetracer: --execute: the folder is that of the run itself");
    expect(said("repo/empty")).toBe(
      "codetracer: --execute: ROOT/repo is a git checkout; take another folder, or say --allow-checkout",
    );
    expect(said("full")).toBe(
      "codetracer: --execute: the folder is not empty; take an empty one, or put a file .codetracer-replay into it to say that commands may change what it holds",
    );
    fs.writeFileSync(path.join(root, "full/.codetracer-replay"), "");
    expect([said("full"), said("repo", "--allow-checkout")]).toEqual(["", ""]);
    expect(filesBelow(path.join(root, "full"))).toEqual({ a: "", file: "" });
  });

  it("holds recorded text as data only", () => {
    const hostile = "EOF\nEND\n'; touch /tmp/pwned; '\n$(touch pwned)\n`touch pwned`\n";
    const { text, root, run } = scripted([
      called("Write", { file_path: "a'$(touch pwned)\n`touch pwned`", content: hostile }),
      called("mcp__run'$(touch pwned)", { x: 1 }),
    ]);
    expect(execaSync("bash", ["-n"], { input: text }).exitCode).toBe(0);
    run();
    run("--execute", "work");
    expect(filesBelow(path.join(root, "work"))).toEqual({ "a'$(touch pwned)\n`touch pwned`": hostile });
    expect(fs.existsSync(path.join(root, "pwned"))).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { fill, requireBlind, requireSafe, uses } from "../../../src/replay/experiment/placeholders.ts";
import { splitCommand } from "../../../src/replay/experiment/split-command.ts";

describe("splitCommand", () => {
  it.each([
    ["agent --task {task}", ["agent", "--task", "{task}"]],
    ["  a\t b ", ["a", "b"]],
    [`a 'b c' "d e" f\\ g`, ["a", "b c", "d e", "f g"]],
    [`a '' ""`, ["a", "", ""]],
    [`a pre'fix ed'"\\"q\\""`, ["a", 'prefix ed"q"']],
    [`a '$HOME | \`x\`; > "'`, ["a", '$HOME | `x`; > "']],
    [`sh -c 'cd x && y'`, ["sh", "-c", "cd x && y"]],
    [`a "b\\nc" *.c`, ["a", "b\\nc", "*.c"]],
  ])("splits %s", (line, words) => {
    expect(splitCommand("--command", line)).toEqual(words);
  });

  it.each([
    "a | b",
    "a && b",
    "a > b",
    "a; b",
    "a $HOME",
    'a "$HOME"',
    "a `b`",
    "a 'b",
    'a "b',
    "",
    "  ",
    "a\nb",
  ])("refuses %j and names the flag", (line) => {
    expect(() => splitCommand("--check", line)).toThrow(/^--check /);
  });
});

describe("placeholders", () => {
  it("are filled in within their own word, whatever the text", () => {
    const task = `$(touch pwned) "; touch pwned' \n {hint} && x`;
    const words = ["agent", "--task={task}", "-w", "{workdir}/a", "{unknown words}"];
    expect(fill("--command", words, { task, workdir: "/w" })).toEqual([
      "agent",
      `--task=${task}`,
      "-w",
      "/w/a",
      "{unknown words}",
    ]);
    expect(uses(words, "task")).toBe(true);
    expect(uses(words, "hint")).toBe(false);
  });

  it.each([
    "sh -c {task}",
    "sh -c 'agent {task}'",
    "/bin/bash -lc 'agent {hint}'",
    "env A=1 bash -ec 'agent {hint}'",
    "docker exec box sh -c 'agent {task}'",
    "timeout 10 bash -c '{task}'",
    "python3 -c 'run(\"{task}\")'",
    "node -e 'x(`{hint}`)'",
    "node --eval='x({hint})'",
    "perl -e{task}",
    "ssh host agent {task}",
    "su user -c 'agent {task}'",
    "env -S 'agent {task}'",
    "{task}",
  ])("of texts are refused where a program is read: %s", (line) => {
    expect(() => requireSafe("--command", splitCommand("--command", line))).toThrow(
      /^--command puts \{(?:task|hint)\} where a program would be read/,
    );
  });

  it.each([
    "agent {task} {hint}",
    "env A=1 claude -p {task} --append-system-prompt {hint}",
    "python3 agent.py --task {task}",
    "sh -c 'agent \"$1\"' sh {task}",
    "sh -c 'agent --file {task_file}'",
    "docker run box agent -- {task}",
    "awk -f x {task_file}",
  ])("are let through: %s", (line) => {
    expect(() => requireSafe("--command", splitCommand("--command", line))).not.toThrow();
  });

  it("are refused where nobody knows them", () => {
    expect(() => requireSafe("--command", ["agent", "{taks}"])).toThrow(
      "--command holds {taks}; known are {task}",
    );
  });

  it("that tell the arm are refused in a check", () => {
    expect(() => requireBlind("--check", ["test", "-s", "{hint_file}"])).toThrow(
      "--check takes no {hint_file}",
    );
  });

  it("of paths are let into a program only where they mean nothing there", () => {
    const words = ["sh", "-c", "cat {workdir}/x"];
    expect(fill("--check", words, { workdir: "/a/b-1" })).toEqual(["sh", "-c", "cat /a/b-1/x"]);
    expect(() => fill("--check", words, { workdir: "/a/$(b)" })).toThrow('use "$CODETRACER_WORKDIR"');
  });

  it("are not filled with what an agent would read as an option, or with more than an argument holds", () => {
    expect(() => fill("--command", ["agent", "{task}"], { task: "--yolo" })).toThrow(
      "would be read as an option",
    );
    expect(fill("--command", ["agent", "--", "{task}"], { task: "--yolo" })).toEqual([
      "agent",
      "--",
      "--yolo",
    ]);
    expect(fill("--command", ["agent", "--task={task}"], { task: "-x" })).toEqual(["agent", "--task=-x"]);
    expect(() => fill("--command", ["agent", "{task}"], { task: "x".repeat(200_000) })).toThrow(
      "{task_file}",
    );
    expect(() => fill("--command", ["agent", "{hint}"], { hint: "a\0b" })).toThrow("{hint_file}");
  });
});

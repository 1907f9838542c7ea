import { expect, it } from "vitest";
import { quoted, shellCall, withName } from "../../src/record/shell/shell-arguments.ts";

it.each([
  [["-c", "ls"], "ls"],
  [["-lc", "ls", "name", "-c"], "ls"],
  [["-c", "-l", "ls"], "ls"],
  [["--login", "-e", "-c", "ls"], "ls"],
  [["-euo", "pipefail", "-c", "ls"], "ls"],
  [["-ceuo", "pipefail", "ls"], "ls"],
  [["+o", "posix", "--rcfile", "-c", "-c", "ls"], "ls"],
  [["-c", "--", "-ls"], "-ls"],
  [["-c", ""], ""],
  [["-c"], null],
  [["-c", "-o", "pipefail"], null],
  [["script.sh", "-c", "ls"], null],
  [["-s", "-c"], null],
  [["--", "-c", "ls"], null],
  [["--norc"], null],
  [["+c", "ls"], null],
  [[], null],
])("of %j the command is %j", (args, command) => {
  expect(shellCall(args)?.command ?? null).toBe(command);
});

it("names the shell behind a command that has no name behind it", () => {
  const named = (args: string[]): string[] =>
    withName(args, shellCall(args) ?? { command: "", index: 0 }, "bash");
  expect(named(["-lc", "ls"])).toEqual(["-lc", "ls", "bash"]);
  expect(named(["-c", "-l", "ls"])).toEqual(["-c", "-l", "ls", "bash"]);
  expect(named(["-c", "ls", "me", "x"])).toEqual(["-c", "ls", "me", "x"]);
});

it("quotes words for a shell", () => {
  expect(["a/b-c.d", "", "it's", "$x `y`\n"].map(quoted)).toEqual([
    "a/b-c.d",
    "''",
    "'it'\\''s'",
    "'$x `y`\n'",
  ]);
});

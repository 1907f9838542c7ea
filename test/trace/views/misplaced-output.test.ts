import { describe, expect, test } from "vitest";
import { misplacedOutputs } from "../../../src/trace/views/misplaced-output.ts";
import { look, type StepSketch, steps } from "../../support/steps.ts";

const LIST = "total 12\n-rw-r--r-- 1 root root 12 main.c\n-rw-r--r-- 1 root root 10 main.o";
const NONE = "ls: cannot access 'bzImage': No such file or directory";
const LATE = { thinking: "THOUGHT: The build is taking too long." };

describe("misplacedOutputs", () => {
  test.each<[string, StepSketch[], (number | null)[]]>([
    ["another program, text of many lines", [look("make", LIST), look("ls -la", LIST)], [2, null]],
    ["a time-out is owned", [look("make", NONE), look("ls bzImage", NONE, LATE)], [2, null]],
    [
      "several in a row, also the same command",
      [
        look("make", NONE),
        look("make", NONE, LATE),
        look("make -j1", NONE, LATE),
        look("ls bzImage", NONE, LATE),
      ],
      [4, 4, 4, null],
    ],
    ["one line, and no sign of a time-out", [look("curl a", NONE), look("wget a", NONE)], [null, null]],
    ["the same program", [look("ls -la", LIST), look("ls -l", LIST)], [null, null]],
    ["the same command again", [look("make", LIST), look("make", LIST, LATE)], [null, null]],
    ["no output to speak of", [look("make", "ok"), look("ls", "ok", LATE)], [null, null]],
    [
      "frames are no output",
      [
        look("make", "<returncode>0</returncode>\n<output>\n</output>"),
        look("ls", "<returncode>0</returncode>\n<output>\n</output>", LATE),
      ],
      [null, null],
    ],
    ["not recorded", [look("make", null), look("ls", null, LATE)], [null, null]],
    ["waiting", [look("", LIST), look("ls", LIST, LATE)], [null, null]],
    [
      "other tools",
      [look("make", LIST, { tool: "bash" }), look("read", LIST, { tool: "read" })],
      [null, null],
    ],
    [
      "the text speaks of a time-out itself",
      [look("make", `Command timed out.\n${LIST}`), look("ls", `Command timed out.\n${LIST}`, LATE)],
      [null, null],
    ],
  ])("%s", (_, run, of) => {
    expect(misplacedOutputs(steps(...run))).toEqual(of);
  });
});

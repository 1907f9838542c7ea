import { describe, expect, test } from "vitest";
import { typedReader, withoutEcho, withoutHereEcho } from "../../../src/trace/views/echo.ts";
import { look, steps } from "../../support/steps.ts";

const BODY = ["import json", "data = json.load(open('a'))", "print(data)"];
const TYPED = ["cat > a.py << 'EOF'", ...BODY, "EOF"];
const PROMPT = "root@host:/app#";
const [STEP] = steps(look(`${TYPED.join("\n")}\n`, ""));

function here(...lines: string[]): string[] {
  return STEP ? withoutHereEcho(lines, typedReader()(STEP)) : [];
}

describe("withoutHereEcho", () => {
  const start = `${PROMPT} ${TYPED[0]}`;
  test.each([
    ["lines behind a mark", [start, ...TYPED.slice(1).map((line) => `> ${line}`), PROMPT], [start, PROMPT]],
    ["bare lines", [start, ...TYPED.slice(1), PROMPT], [start, PROMPT]],
    [
      "both, the first cut",
      [start, "ort json", ...BODY.slice(1), "EOF", ...BODY.map((line) => `> ${line}`)],
      [start],
    ],
    ["bare lines that do not end", [start, ...BODY], [start]],
    ["a screen that begins in its midst", ["> print(data)", "> EOF", PROMPT], [PROMPT]],
    [
      "what a program prints of the file stays",
      [`${PROMPT} cat a.py`, ...BODY, PROMPT],
      [`${PROMPT} cat a.py`, ...BODY, PROMPT],
    ],
    [
      "also in the same step",
      [start, ...TYPED.slice(1).map((line) => `> ${line}`), ...BODY, PROMPT],
      [start, ...BODY, PROMPT],
    ],
    ["a diff stays", ["2c2", "> print(data)", "---"], ["2c2", "> print(data)", "---"]],
    ["other lines stay", [start, "> typed later", "error"], [start, "> typed later", "error"]],
  ])("%s", (_, lines, shown) => {
    expect(here(...lines)).toEqual(shown);
  });
});

describe("withoutEcho", () => {
  const long = `sed -i 's/${"old".repeat(30)}/${"new".repeat(30)}/' a.py`;
  const wrapped = [`${PROMPT} ${long.slice(0, 80)}`, long.slice(80, 160), long.slice(160)];
  test.each([
    ["its own command and prompts go", "ls", [`${PROMPT} ls`, "a.py", PROMPT], ["a.py"]],
    [
      "other commands of the turn stay, shortened",
      "ls",
      [`${PROMPT} cat notes.txt`, "x"],
      ["$ cat notes.txt", "x"],
    ],
    ["a command wider than the terminal", long, [...wrapped, "done", PROMPT], ["done"]],
    ["one that is cut off by the screen", long, wrapped.slice(0, 2), []],
    ["another one after it", long, [wrapped[0] ?? "", "other"], [wrapped[0], "other"]],
  ])("%s", (_, action, lines, shown) => {
    const [step] = steps(look(action, ""));
    expect(step && withoutEcho(lines, step, new Set([action, "cat notes.txt"]))).toEqual(shown);
  });
});

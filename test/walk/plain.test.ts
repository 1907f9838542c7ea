import { expect, it } from "vitest";
import { plainWalk } from "../../src/walk/plain.ts";
import { UNSAFE } from "../report/report-input.ts";
import { look, steps } from "../support/steps.ts";
import { madeRun, numbered } from "./made-run.ts";

const OPTIONS = { color: false, width: 80 };

it("prints the diagnosis, then every step from one on under its stage", () => {
  const run = madeRun();
  const short = madeRun({ steps: run.steps.slice(0, 3), stages: run.stages.slice(0, 2) });
  expect([...plainWalk(short, 2, OPTIONS)].join("")).toBe(`Run         runs/build-lib
Agent       toy-agent 2.0 · some-model
Steps       7
Outcome     not solved, reward 0 (source: result.json: reward); the agent's exit
            status is Submitted

The task was not solved. It first went wrong at step 3 of 7.

step 2 · change · failed · exit 127 · install lib
  action
    pip install lib
  observation
    Collecting lib
    bash: pip: command not found

Stage 2 of 2: edit lib.py, steps 3–4
Onset: the failure begins with this step.

step 3 · change · write lib.py
  incorrect, stand-in-result: It writes what it could not get.
    step 2, observation "pip: command not found"
    step 3, action ""text":"def solve():\\n return 42"
  thinking
    It is missing, so I write it myself.
${numbered(9, "    reason").join("\n")}
  action, write_file  log.json:7
    write_file
    path: /app/lib.py
    text:
      def solve():
          return 42
  observation  log.json:8-9
    written
`);
});

it("prints every line and nothing that a terminal obeys", () => {
  const text = [...plainWalk(madeRun(), 1, OPTIONS)].join("");
  for (const line of numbered(200, "line")) expect(text).toContain(`    ${line}\n`);
  expect(text).not.toMatch(UNSAFE);
});

it("says why there are no steps", () => {
  const { extraction } = madeRun();
  const empty = madeRun({ steps: [], extraction: { ...extraction, empty_reason: "The agent never began." } });
  expect([...plainWalk(empty, 1, OPTIONS)].at(-1)).toBe("\nNo steps: The agent never began.\n");
  expect([...plainWalk(madeRun({ steps: steps(look("ls", null)) }), 1, OPTIONS)].at(-1)).toContain("ls");
});

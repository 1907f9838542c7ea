import { Book } from "../../src/walk/book.ts";
import type { TracedWorkspace } from "../../src/workspace/workspace.ts";
import { HOSTILE, reportInput } from "../report/report-input.ts";
import { change, failure, look, steps } from "../support/steps.ts";

const STUB = { path: "/app/lib.py", text: "def solve():\n    return 42\n" };
/** What a diagnosis quotes of the JSON that a tool was called with. */
const STUB_QUOTE = '"text":"def solve():\\n    return 42';

/** Seven steps, one of each sort that a screen must cope with. */
const STEPS = steps(
  look("ls -la", "README.md\nsrc", { name: "list files", thinking: "I look around first.", exit_code: 0 }),
  failure("pip install lib", "Collecting lib\nbash: pip: command not found", {
    name: "install lib",
    exit_code: 127,
  }),
  change(`write_file ${JSON.stringify(STUB)}`, {
    name: "write lib.py",
    tool: "write_file",
    arguments: STUB,
    observation: "written",
    thinking: ["It is missing, so I write it myself.", ...numbered(9, "reason")].join("\n"),
    action_ref: { path: "log.json", line_start: 7, line_end: 7 },
    observation_ref: { path: "log.json", line_start: 8, line_end: 9 },
  }),
  look("cat build.log", numbered(200, "line").join("\n"), { name: "read build.log", duration_ms: 1500 }),
  look(`cat notes ${HOSTILE}`, HOSTILE, { name: "read notes", thinking: HOSTILE }),
  look("cat 说明.txt", `${"漢字".repeat(30)} 👍 e\u0301a\u0308 end`, { name: "read 说明.txt" }),
  change("submit", { name: "submit", agent: "helper" }),
);

/** A diagnosed run of those steps: the third is where it went wrong, the fourth looked at what was known. */
export function madeRun(more: Partial<TracedWorkspace> = {}): TracedWorkspace {
  const { extraction, diagnosis } = reportInput();
  return {
    extraction: { ...extraction, step_count: STEPS.length },
    task: "Make it work.\nDo not guess.\n",
    steps: STEPS,
    stages: [
      { stage_id: 1, stage: "look around", start_step_id: 1, end_step_id: 2 },
      { stage_id: 2, stage: "edit lib.py", start_step_id: 3, end_step_id: 4 },
      { stage_id: 3, stage: "finish", start_step_id: 5, end_step_id: 7 },
    ],
    tree: [
      "root",
      "├── [1] list files (explore)",
      "├── [2] install lib (change) ✗127",
      "├── stage 2 · edit lib.py [7] · steps 3–4",
      "│   └── [3] write lib.py (change)",
      "│       └── [4] read build.log (explore)",
      "├── [5–6] read notes (explore)",
      "└── [7] submit (change)",
      "",
    ].join("\n"),
    labels: [],
    diagnosis: {
      ...diagnosis,
      labels: [
        {
          step_id: 3,
          label: "incorrect",
          confidence: 0.8,
          detector: "stand-in-result",
          reasoning: "It writes what it could not get.",
          evidence: [
            { step_id: 2, where: "observation", quote: "pip: command not found" },
            { step_id: 3, where: "action", quote: STUB_QUOTE },
          ],
          better_alternative: "Install it first.",
          profiles: ["findings", "codetracebench"],
        },
        {
          step_id: 4,
          label: "unuseful",
          confidence: 0.2,
          detector: "redundant-read",
          reasoning: "The log was known.",
          evidence: [{ step_id: 4, where: "observation", quote: "line 150\nline 151" }],
          profiles: ["findings"],
        },
      ],
      onset_step_id: 3,
      cascade_step_ids: [4, 7],
      summary: "The task was not solved. It first went wrong at step 3 of 7.",
      injections: [{ step_id: 5, where: "observation", kind: "order", quote: "evil" }],
    },
    ...more,
  };
}

/** The same, ready to be walked through. */
export function madeBook(more: Partial<TracedWorkspace> = {}): Book {
  return new Book(madeRun(more));
}

/** `line 1` and so on. */
export function numbered(count: number, word: string): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);
}

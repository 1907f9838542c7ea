import type { ReportInput } from "../../src/report/terminal.ts";
import { change, failure, look, outcome, steps } from "../support/steps.ts";

/** A small diagnosed run, everything of it in plain sight. */
export function reportInput(more: Partial<ReportInput> = {}): ReportInput {
  return {
    run: "runs/build-lib",
    workspace: ".codetracer/build-lib",
    extraction: {
      codetracer_version: "1.2.3",
      run: "runs/build-lib",
      extractor: { id: "toy", version: 1, confidence: 0.95, reason: "log.json has the key toy" },
      input_digest: "0",
      agent: { name: "toy-agent", version: "2.0", model: "some-model" },
      outcome: outcome({
        resolved: false,
        reward: 0,
        source: "result.json: reward",
        exit_status: "Submitted",
      }),
      step_count: 4,
      empty_reason: null,
      files_used: ["log.json"],
      fidelity: {
        passed: true,
        checks: [
          { name: "ids contiguous", passed: true, value: 1, detail: "" },
          { name: "markers", passed: null, value: null, detail: "no pattern" },
        ],
      },
      redactions: { "aws-key": 2 },
      warnings: [],
    },
    steps: steps(
      look("ls", "README", { name: "list files" }),
      failure("wget http://a/lib.tgz", "bash: wget: command not found", { name: "download the library" }),
      failure("wget http://b/lib.tgz", "bash: wget: command not found", { name: "download the library" }),
      change("echo done", { name: "submit" }),
    ),
    stages: [
      { stage_id: 1, stage: "look around", start_step_id: 1, end_step_id: 1 },
      { stage_id: 2, stage: "get the library", start_step_id: 2, end_step_id: 4 },
    ],
    tree: "root\n├── [1] list files (explore)\n├── [2] download the library (change) ✗1\n│   └── [3] download the library (change) ✗1 ↻2\n└── [4] submit (change)\n",
    diagnosis: {
      codetracer_version: "1.2.3",
      tracer: "rules",
      tracer_version: 1,
      model: null,
      prompt_digest: null,
      settings: {},
      injections: [],
      warnings: [],
      agreement: null,
      verdict: "diagnosed",
      findings: [],
      labels: [
        {
          step_id: 3,
          label: "incorrect",
          confidence: 0.5,
          detector: "ignored-evidence",
          reasoning: "Step 2 had already shown it.",
          evidence: [
            { step_id: 2, where: "observation", quote: "bash: wget: command not found" },
            { step_id: 3, where: "action", quote: "wget http://b/lib.tgz" },
          ],
          better_alternative: "Install it first.",
          profiles: ["findings", "codetracebench"],
        },
      ],
      onset_step_id: 3,
      cascade_step_ids: [4],
      root_cause_chain: [],
      critical_decisions: [],
      summary: "The task was not solved. It first went wrong at step 3 of 4.",
      strategy: "Take what an error names as known.",
      usage: { calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 },
    },
    ...more,
  };
}

/** Text that a run may hold to harm the terminal of who reads about it. */
export const HOSTILE = [
  "\u001b]0;owned\u0007",
  "\u001b]8;;http://evil\u001b\\link",
  "\u001b[2J\u001b[1;31mred",
  "\u009b31m\u009d0;x\u009c",
  "\u001bP1;2q\u001b\\",
  "\u001b]52;c;aGk",
  "a\bb\u0000\u007f\u0085",
  "\u202eevil\u202c\u2066x\u2069\u200b\ufeff",
  "\u{e0041}\u{e0042}",
  "\rover\nline\u2028next",
  "half \ud83d pair",
  `e${"\u0301".repeat(500)}`,
].join(" ");

/** What must not be left of it: control characters but line breaks, and everything that turns or hides text. */
export const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]|[\u{e0000}-\u{e0fff}]/u;

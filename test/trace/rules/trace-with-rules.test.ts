import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stands } from "../../../src/trace/evidence.ts";
import { type TraceInput, traceWithRules } from "../../../src/trace/index.ts";
import { DETECTORS } from "../../../src/trace/rules/detectors.ts";
import { DiagnosisFileSchema } from "../../../src/trajectory/diagnosis.ts";
import {
  change,
  failure,
  look,
  oneStage,
  outcome,
  type StepSketch,
  steps,
  writeFile,
} from "../../support/steps.ts";

function input(run: readonly StepSketch[], more: Partial<TraceInput> = {}): TraceInput {
  return {
    steps: steps(...run),
    stages: oneStage(run.length),
    outcome: outcome(),
    task: null,
    empty_reason: null,
    codetracer_version: "1.2.3",
    ...more,
  };
}

const BROKEN_RUN = [
  look("ls", "README"),
  failure("wget http://a/data.csv", "bash: wget: command not found"),
  failure("wget http://b/data.csv", "bash: wget: command not found"),
  writeFile("data.csv", "1,2", { thinking: "I can't download it. Let me create fake rows." }),
  look("cat data.csv", "1,2", { touches: { reads: ["data.csv"] } }),
  change("echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT", { name: "submit" }),
];

const NO_USAGE = { calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 };

describe("traceWithRules", () => {
  test("tells a broken run as a whole", () => {
    const unsolved = outcome({ resolved: false, source: "result.json: reward" });
    expect(traceWithRules(input(BROKEN_RUN, { outcome: unsolved }))).toEqual({
      codetracer_version: "1.2.3",
      tracer: "rules",
      tracer_version: 2,
      model: null,
      prompt_digest: null,
      settings: {},
      injections: [],
      warnings: [],
      agreement: null,
      findings: [],
      verdict: "diagnosed",
      labels: [
        {
          step_id: 3,
          label: "incorrect",
          confidence: expect.any(Number),
          profiles: ["findings", "codetracebench"],
          detector: "ignored-evidence",
          reasoning:
            "Step 2 had already shown that a program that the action uses is not installed; nothing was done about it, and the same message comes back.",
          evidence: [
            { step_id: 2, where: "observation", quote: "bash: wget: command not found" },
            { step_id: 3, where: "action", quote: "wget http://b/data.csv" },
            { step_id: 3, where: "observation", quote: "bash: wget: command not found" },
          ],
        },
        {
          step_id: 4,
          label: "incorrect",
          confidence: expect.any(Number),
          profiles: ["findings", "codetracebench"],
          detector: "stand-in-result",
          reasoning:
            "The agent could not get the real thing and says that it puts a made-up one in its place.",
          evidence: [
            { step_id: 4, where: "thinking", quote: "I can't download it." },
            { step_id: 4, where: "thinking", quote: "Let me create fake rows." },
          ],
          better_alternative:
            "Keep working on the real source, or hand in what is proven and say what is missing.",
        },
        {
          step_id: 6,
          label: "incorrect",
          confidence: expect.any(Number),
          profiles: ["findings", "codetracebench"],
          detector: "weighed-signs",
          reasoning: expect.stringContaining("it hands in the work"),
          evidence: [{ step_id: 6, where: "action", quote: "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT" }],
        },
      ],
      onset_step_id: 4,
      cascade_step_ids: [5, 6],
      root_cause_chain: [
        "Step 3: Step 2 had already shown that a program that the action uses is not installed; nothing was done about it, and the same message comes back.",
        "Step 4: The agent could not get the real thing and says that it puts a made-up one in its place.",
        expect.stringMatching(/^Step 6: No single rule names this step/),
        "The task was not solved (result.json: reward).",
      ],
      critical_decisions: [
        { step_id: 3, decision: "wget http://b/data.csv: evidence already seen was ignored" },
        { step_id: 4, decision: "cat > data.csv <<'EOF': a made-up result took the place of the real one" },
        { step_id: 6, decision: "submit: several signs together point at this step" },
      ],
      summary:
        "The task was not solved (result.json: reward). It first went wrong at step 4 of 6: a made-up result took the place of the real one. The agent could not get the real thing and says that it puts a made-up one in its place. 2 later steps follow from it.",
      strategy:
        "Take what an error names as known: install it, create it, or go another way before the next action. Get the real data, program or answer, or report that it cannot be had; do not write a stand-in for it. Before such a step, compare it with what the run has shown so far, and check its result before building on it.",
      usage: NO_USAGE,
    });
  });

  test("a run that the harness broke carries no labels and says why", () => {
    const broken = outcome({
      resolved: false,
      infrastructure_failure: { reason: "the verifier never started", source: "result.json: exception" },
    });
    const diagnosis = traceWithRules(input(BROKEN_RUN, { outcome: broken }));
    expect(diagnosis).toMatchObject({
      verdict: "infrastructure_failure",
      labels: [],
      onset_step_id: null,
      strategy: null,
      summary:
        "The harness failed, not the agent: the verifier never started. Source: result.json: exception. 6 recorded steps were not judged.",
    });
  });

  test("the harness's failure outranks the missing steps", () => {
    const broken = outcome({ infrastructure_failure: { reason: "no container", source: "job.log" } });
    expect(traceWithRules(input([], { outcome: broken })).verdict).toBe("infrastructure_failure");
  });

  test("a run without steps says why", () => {
    const diagnosis = traceWithRules(input([], { empty_reason: "The recording is cut off after two lines" }));
    expect(diagnosis).toMatchObject({
      verdict: "no_steps",
      summary: "There are no steps to judge. The recording is cut off after two lines.",
    });
  });

  test("a clean run has no finding and no strategy", () => {
    const diagnosis = traceWithRules(input([look("ls", "a"), change("make", { observation: "ok" })]));
    expect(diagnosis).toMatchObject({ verdict: "no_finding", labels: [], strategy: null });
    expect(diagnosis.summary).toContain("Whether the task was solved is not recorded. No rule found a step");
  });

  test("a solved run is blamed on strong grounds only", () => {
    const solved = outcome({ resolved: true });
    expect(
      traceWithRules(input(BROKEN_RUN, { outcome: solved })).labels.map((label) => label.step_id),
    ).toEqual([4]);
    expect(traceWithRules(input(BROKEN_RUN.slice(0, 3), { outcome: solved })).verdict).toBe("no_finding");
  });

  test("only redundant steps give no onset", () => {
    const listing = "README.md\nsrc\npackage.json";
    const diagnosis = traceWithRules(input([look("ls -la", listing), look("ls -la", listing)]));
    expect(diagnosis).toMatchObject({ verdict: "diagnosed", onset_step_id: null, cascade_step_ids: [] });
    expect(diagnosis.labels.map((label) => [label.step_id, label.label])).toEqual([[2, "unuseful"]]);
    expect(diagnosis.summary).toBe(
      "Whether the task was solved is not recorded. No step is found to be wrong. 1 step brought no new evidence.",
    );
  });

  test("observations of megabytes are looked at by their ends", () => {
    const huge = `${"x".repeat(3_000_000)}\nbash: wget: command not found`;
    const run = [
      failure("wget http://a", huge),
      failure("wget http://b", huge),
      look("cat a", "(".repeat(2_000_000)),
    ];
    expect(traceWithRules(input(run)).onset_step_id).toBe(2);
  });
});

describe("every detector", () => {
  test("has a name of its own and says what it looks for", () => {
    expect(new Set(DETECTORS.map((one) => one.id)).size).toBe(DETECTORS.length);
    for (const one of DETECTORS) {
      expect(one.id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
      expect(one.definition.length).toBeGreaterThan(40);
      expect(one.advice).toMatch(/\.$/);
    }
  });
});

const PIECES = [
  "wget http://a/x",
  "cat > a.txt <<'EOF'\nfake rows\nEOF",
  "bash: wget: command not found",
  "I can't get it. Let me create mock data.",
  "make: *** Error 1",
  "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT",
  "> ",
  "C-c",
  "",
  "\ud800 timed out and has been killed",
  "rm -rf /",
  `${"日本語".repeat(300)} error: no such file 👩‍💻`,
];

test("whatever the run, the diagnosis is valid and every quote stands where it is said to", () => {
  const piece = fc.constantFrom(...PIECES);
  const sketch = fc.record({
    action: piece,
    observation: fc.option(piece),
    thinking: piece,
    failed: fc.boolean(),
    kind: fc.constantFrom("explore" as const, "change" as const),
    touches: fc.record({ writes: fc.subarray(["a.txt"]), tests: fc.subarray(["pytest"]) }),
    repeat_of: fc.constantFrom(1, 2),
  });
  fc.assert(
    fc.property(fc.array(sketch, { maxLength: 12 }), (run) => {
      const given = input(run);
      const diagnosis = DiagnosisFileSchema.parse(traceWithRules(given));
      for (const label of diagnosis.labels) {
        for (const quote of label.evidence) expect(stands(quote, given.steps)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

import { writeHint } from "../../../src/hint/index.ts";
import { renderHintText } from "../../../src/hint/render-text.ts";
import type { HintFile } from "../../../src/trajectory/hint.ts";
import type { Label } from "../../../src/trajectory/label.ts";
import type { IndexedStep } from "../../../src/trajectory/step.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { change, failure, look, oneStage, outcome, steps } from "../../support/steps.ts";

/** A hand-made diagnosed run. Unsaid: failed, no labels. */
export function traced(
  given: Partial<Pick<TracedWorkspace, "task" | "steps">> & {
    labels?: readonly Label[];
    onset?: number | null;
    tests?: readonly string[];
    injections?: TracedWorkspace["diagnosis"]["injections"];
  },
): TracedWorkspace {
  const all = given.steps ?? [];
  const labels = [...(given.labels ?? [])];
  return {
    extraction: {
      codetracer_version: "0.0.0",
      run: "run",
      extractor: { id: "toy", version: 1, confidence: 1, reason: "" },
      input_digest: "",
      agent: { name: "toy", version: null, model: null },
      outcome: outcome({
        resolved: false,
        ...(given.tests ? { tests: given.tests.map((name) => ({ name, passed: false })) } : {}),
      }),
      step_count: all.length,
      empty_reason: null,
      files_used: [],
      fidelity: { passed: true, checks: [] },
      redactions: {},
      warnings: [],
    },
    task: given.task === undefined ? "Make the report." : given.task,
    steps: all,
    stages: oneStage(all.length),
    tree: "root\n",
    labels: [],
    diagnosis: {
      codetracer_version: "0.0.0",
      tracer: "rules",
      tracer_version: 1,
      model: null,
      prompt_digest: null,
      settings: {},
      verdict: labels.length > 0 ? "diagnosed" : "no_finding",
      labels,
      findings: [],
      onset_step_id: given.onset ?? null,
      cascade_step_ids: [],
      root_cause_chain: [],
      critical_decisions: [],
      summary: "It wrote a report that it had not checked.",
      strategy: null,
      injections: given.injections ?? [],
      warnings: [],
      agreement: null,
      usage: { calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 },
    },
  };
}

/** An incorrect label with one quote of the step's action. */
export function incorrect(step_id: number, quote: string, confidence = 0.9): Label {
  return {
    step_id,
    label: "incorrect",
    confidence,
    detector: "toy",
    reasoning: "It wrote the report by hand instead of running the program.",
    evidence: [{ step_id, where: "action", quote }],
    better_alternative: "Run make report and look at its output.",
    profiles: ["findings"],
  };
}

/** Five steps: two that look, the onset at 3, what came of it. */
export function reportSteps(): IndexedStep[] {
  return steps(
    look("ls", "Makefile\nreport.py\ndata.csv"),
    look("cat Makefile", "report:\n\tpython3.9 report.py data.csv > report.txt"),
    change("echo 'total 12' > report.txt", { observation: "", touches: { writes: ["report.txt"] } }),
    failure("make check", "check: the total of data.csv is not what report.txt says"),
    look("cat report.txt", "total 12"),
  );
}

/** The run over those steps, with its mistake at step 3. */
export function reportRun(given: Parameters<typeof traced>[0] = {}): TracedWorkspace {
  return traced({ steps: reportSteps(), labels: [incorrect(3, "echo 'total 12'")], onset: 3, ...given });
}

/** A hint over that run with one fact, a mistake and what to do, as the renderer writes it; `parts` replace those. */
export function reportHint(parts: Partial<HintFile> = {}, workspace = reportRun()): HintFile {
  const whole = {
    ...writeHint(workspace, { budgetTokens: 600, allowVerifier: false }),
    scope: "whole",
    scope_reason: null,
    facts: [
      {
        text: "The Makefile builds the report with python3.9.",
        evidence: [{ step_id: 2, where: "observation", quote: "python3.9 report.py data.csv > report.txt" }],
      },
    ],
    mistake: {
      text: "The report was written by hand.",
      recognise: "report.txt is filled with echo.",
      evidence: [{ step_id: 3, where: "action", quote: "echo 'total 12' > report.txt" }],
    },
    instead: { action: "Run make report.", check: "make check passes." },
    avoid: [],
    ...parts,
  } satisfies HintFile;
  const { text, token_count } = renderHintText(whole, whole.budget_tokens);
  return { ...whole, text, token_count, ...parts };
}

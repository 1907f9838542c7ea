import { expect, it } from "vitest";
import { fleetMarkdown } from "../../../src/report/markdown/fleet-markdown.ts";
import { runMarkdown } from "../../../src/report/markdown/run-markdown.ts";
import type { RunFacts } from "../../../src/trajectory/index.ts";
import { hostileRun } from "../../page/support/hostile-run.ts";
import { flagAt, SCORE } from "../../page/support/long-run.ts";
import { HOSTILE, reportInput, UNSAFE } from "../report-input.ts";

it("tells a run as Markdown", () => {
  expect(
    runMarkdown({ ...reportInput(), task: null, labels: [] }, [flagAt(2)], SCORE),
  ).toBe(`## ❌ not solved: \`runs/build-lib\`

The task was not solved. It first went wrong at step 3 of 4.

| | |
|---|---|
| Outcome | not solved, reward 0 (source: result.json: reward); the agent's exit status is Submitted |
| Agent | toy-agent 2.0 · some-model |
| Steps | 4: 3 change, 1 explore, 2 failed |
| Score | 62 of 100 (failed −38.5) |
| Behaviours | retry loop |

### Where it went wrong: step 3 of 4

\`wget http://b/lib.tgz\`

### Labels

- **step 3: incorrect**, confidence 0.50 (ignored-evidence). Step 2 had already shown it.
  - step 2, observation: \`bash: wget: command not found\`
  - step 3, action: \`wget http://b/lib.tgz\`
  - Instead: Install it first.

### What the next run should do

Take what an error names as known.

<sub>CodeTracer 1.2.3: 4 steps read as toy, fidelity passed; traced by rules, no model asked.</sub>
`);
});

it("lets nothing of a run become markup, a link, a mention or a control character", () => {
  const order = `<img src=x> | [link](http://a) @someone #1 **bold** \`code\` ${HOSTILE}`;
  const markdown = runMarkdown(...hostileRun(order));
  expect(markdown.replaceAll("\n", "").replaceAll("\u2060", "")).not.toMatch(UNSAFE);
  const outsideCode = markdown.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
  expect(outsideCode).not.toMatch(/(?<!\\)<img|(?<!\\)\[link|@someone|(?<!\\)\*\*bold|http:\/\//);
  for (const row of markdown.split("\n").filter((line) => line.startsWith("| ")))
    expect(row.replaceAll("\\|", "").split("|"), row).toHaveLength(4);
});

const facts = (run_id: string, resolved: boolean | null, more: Partial<RunFacts> = {}): RunFacts => ({
  codetracer_version: "1",
  facts_digest: "",
  run_id,
  run: run_id,
  task: null,
  task_key: null,
  agent: "toy",
  agent_version: null,
  model: null,
  extractor: "toy",
  outcome: { resolved, reward: null, exit_status: null, source: null, infrastructure_failure: null },
  step_count: 10,
  change_count: 5,
  failed_step_count: 1,
  started_at: null,
  duration_seconds: null,
  tokens: null,
  cost_usd: null,
  verdict: "diagnosed",
  onset_step_id: null,
  incorrect_step_ids: [],
  unuseful_step_ids: [],
  flags: [],
  score: { value: 50, penalties: [] },
  failure: null,
  fidelity_passed: true,
  warning_count: 0,
  ...more,
});

it("tells a fleet as Markdown, the worst runs first", () => {
  const failure = { stage: "dependency" as const, reason: "", summary: "", evidence: [] };
  const runs = [
    facts("a", true, { score: { value: 90, penalties: [] }, flags: [{ ...flagAt(), present: false }] }),
    facts("b", false, { failure, flags: [flagAt(1)], onset_step_id: 4 }),
    facts("c|d", false, {
      failure,
      flags: [{ ...flagAt(), present: null }],
      score: { value: 20, penalties: [] },
    }),
    facts("e", null),
    facts("f", false, {
      outcome: {
        ...facts("", false).outcome,
        infrastructure_failure: { reason: "no docker", source: "log" },
      },
      score: null,
    }),
  ];
  expect(
    fleetMarkdown({
      name: "fleet",
      facts: runs,
      unreadable: [{ run: "g", code: "unreadable" }],
      behaviours: "| a | table |\n",
    }),
  ).toBe(
    `## 5 runs: 1 solved, 2 not solved

| | |
|---|---|
| Fleet | fleet |
| Outcome not known | 1 |
| Broken by the harness | 1 |
| Could not be read | 1 |
| Steps | 50 |
| Mean score | 53 |

### Behaviours

| a | table |

### What failed first

| stage | runs |
|---|---|
| dependency | 2 |

### Failed runs, the lowest scores first

| run | agent | steps | onset | score |
|---|---|---|---|---|
| ❌ \`c\\|d\` | toy | 10 |  | 20 |
| ❌ \`b\` | toy | 10 | step 4 | 50 |
`,
  );
});

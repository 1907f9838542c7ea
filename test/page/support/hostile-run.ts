import type { BehaviourFlag, Label, Score } from "../../../src/trajectory/index.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { reportInput } from "../../report/report-input.ts";

/** Texts that would run a script, load something or break out of where they stand, if they were anything but text. */
export const ORDERS: Readonly<Record<string, string>> = {
  "the end of the data": `</script><script>window.owned = 1; alert(1)</script>`,
  "a comment in the data": `<!--<script>window.owned = 1`,
  "an image with a handler": `"><img src=https://example.invalid/x.png onerror="window.owned = 1">`,
  "a template's mark": "<!--codetracer:data--><!--codetracer:title-->",
  "patterns of a replacement": "$& $` $' $1 $$ <b>bold</b>",
  "a link": `<a href="javascript:window.owned=1">here</a> https://example.invalid/ javascript:alert(1)`,
  "style and svg": `</style><style>*{display:none}</style><svg onload="window.owned=1"><style>@import 'https://example.invalid/a.css'</style></svg>`,
  "line ends of scripts": "\u2028window.owned = 1\u2029</ScRiPt ><script>window.owned=1</script>",
  "names of prototypes": `__proto__ constructor {"__proto__":{"owned":1}} \\u003cscript>`,
  "half a letter": "\ud800</script>\udfff\u0000",
};

/** A diagnosed run that holds a text wherever a run or a model could put one. */
export function hostileRun(text: string): [TracedWorkspace, BehaviourFlag[], Score] {
  const { extraction, steps, diagnosis, stages, tree } = reportInput();
  const evidence = (["action", "observation", "thinking"] as const).map((where) => ({
    step_id: 1,
    where,
    quote: text,
  }));
  const label = (step_id: number, name: Label["label"]): Label => ({
    step_id,
    label: name,
    confidence: 0.9,
    detector: text,
    reasoning: text,
    evidence,
    better_alternative: text,
    profiles: ["findings", "codetracebench"],
  });
  const workspace: TracedWorkspace = {
    labels: [],
    tree,
    task: text,
    extraction: {
      ...extraction,
      codetracer_version: text,
      run: text,
      extractor: { id: text, version: 1, confidence: 1, reason: text },
      agent: { name: text, version: text, model: text },
      outcome: { resolved: false, reward: 0, exit_status: text, source: text, infrastructure_failure: null },
      files_used: [text],
      fidelity: { passed: false, checks: [{ name: text, passed: false, value: 0, detail: text }] },
      redactions: { [text]: 1 },
      warnings: [{ message: text, path: text, line: 1 }],
    },
    steps: steps.map((step) => ({
      ...step,
      name: text,
      action: text,
      observation: text,
      thinking: text,
      tool: `${text} ${step.step_id}`,
      agent: text,
      started_at: text,
      touches: { programs: [text], reads: [text], writes: [text], deletes: [text], packages: [text] },
      action_ref: { path: text, line_start: 1, line_end: 2 },
      observation_ref: { path: text, line_start: 1, line_end: 1 },
    })),
    stages: stages.map((stage) => ({ ...stage, stage: text })),
    diagnosis: {
      ...diagnosis,
      tracer: text,
      model: text,
      labels: [label(1, "unuseful"), label(3, "incorrect")],
      root_cause_chain: [text],
      critical_decisions: [{ step_id: 1, decision: text }],
      summary: text,
      strategy: text,
      injections: [{ step_id: 1, where: "observation", kind: text, quote: text }],
      warnings: [text],
    },
  };
  const flag = { behaviour: text, confidence: 1, step_ids: [1], evidence, reason: text, judged_by: text };
  return [
    workspace,
    [
      { ...flag, present: true },
      { ...flag, behaviour: `${text}!`, present: null },
      { ...flag, behaviour: `${text}?`, present: false },
    ],
    { value: 1, penalties: [{ name: text, points: 99, reason: text, step_ids: [1] }] },
  ];
}

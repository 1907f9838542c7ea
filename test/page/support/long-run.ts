import type { BehaviourFlag, Label, Score, Stage } from "../../../src/trajectory/index.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { type StepSketch, steps } from "../../support/steps.ts";

const STAGE_STEPS = 12;
const STAGES = ["look around", "set up the environment", "edit files", "run the tests"];

/** What one step is made of, from its number. */
function sketch(id: number): StepSketch {
  const isChange = id % 3 === 0;
  const isFailed = id % 7 === 0;
  return {
    action: isChange ? `make part-${id} CFLAGS=-O2` : `cat src/part-${id}.c`,
    name: isChange ? `build part-${id}` : `read part-${id}.c`,
    kind: isChange ? "change" : "explore",
    failed: isFailed,
    observation: isFailed
      ? `gcc part-${id}.c\nerror: part-${id} has no header\nmake: *** [part-${id}] Error 1`
      : `int part_${id}(void) { return ${id}; }\n`.repeat((id % 5) + 1),
    thinking: `Part ${id} comes next.`,
    tool: isChange ? "bash" : "read_terminal",
    started_at: new Date(Date.UTC(2025, 0, 1) + id * 4000).toISOString(),
    duration_ms: 200 + (id % 11) * 150,
    ...(id % 2 === 0 ? { tokens: { input: 1000 * id, output: 40 * id } } : {}),
  };
}

/** A run of so many steps in stages of a dozen, with labels, an onset and what follows from it. */
export function longRun(
  count: number,
  more: { observations?: Readonly<Record<number, string>> } = {},
): TracedWorkspace {
  const made = steps(...Array.from({ length: count }, (_, index) => sketch(index + 1))).map((step) => {
    const observation = more.observations?.[step.step_id];
    return observation === undefined ? step : { ...step, observation };
  });
  const workspace = madeWorkspace("runs/long-run", made, {
    outcome: { resolved: false, source: "result.json: passed" },
  });
  const onset = Math.floor(count / 21) * 7;
  return {
    ...workspace,
    stages: stagesOf(count),
    diagnosis: {
      ...workspace.diagnosis,
      verdict: "diagnosed",
      labels: [
        label(onset, "incorrect", onset - 7),
        label(onset + 7, "incorrect", onset),
        label(onset + 8, "unuseful", onset + 8),
      ],
      onset_step_id: onset,
      cascade_step_ids: [onset + 1, onset + 2, onset + 7],
      summary: `The task was not solved. It first went wrong at step ${onset}.`,
      strategy: "Write the missing header before building again.",
      root_cause_chain: ["The header is missing.", "The build was tried again unchanged."],
    },
  };
}

function label(id: number, name: Label["label"], provenAt: number): Label {
  return {
    step_id: id,
    label: name,
    confidence: name === "incorrect" ? 0.72 : 0.3,
    detector: name === "incorrect" ? "retried-failure" : "redundant-read",
    reasoning: `Step ${provenAt} had already shown it.`,
    evidence: [
      name === "incorrect"
        ? { step_id: provenAt, where: "observation", quote: `error: part-${provenAt} has no header` }
        : { step_id: provenAt, where: "thinking", quote: `Part ${provenAt} comes next.` },
    ],
    better_alternative: "Write the header first.",
    profiles: ["findings", "codetracebench"],
  };
}

function stagesOf(count: number): Stage[] {
  return Array.from({ length: Math.ceil(count / STAGE_STEPS) }, (_, index) => ({
    stage_id: index + 1,
    stage: STAGES[index % STAGES.length] ?? "",
    start_step_id: index * STAGE_STEPS + 1,
    end_step_id: Math.min(count, (index + 1) * STAGE_STEPS),
  }));
}

/** A behaviour that shows at these steps. */
export function flagAt(...step_ids: number[]): BehaviourFlag {
  return {
    behaviour: "retry-loop",
    present: true,
    confidence: 0.8,
    step_ids,
    evidence: [],
    reason: "A failing build was started again and again.",
    judged_by: "rules",
  };
}

/** A score with one penalty. */
export const SCORE: Score = {
  value: 61.5,
  penalties: [{ name: "failed", points: 38.5, reason: "The task was not solved.", step_ids: [7] }],
};

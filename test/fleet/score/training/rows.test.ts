import { describe, expect, it } from "vitest";
import { rewardSteps } from "../../../../src/fleet/score/index.ts";
import {
  DpoRowSchema,
  dpoRow,
  KtoRowSchema,
  ktoRows,
  PrmRowSchema,
  prmRow,
  RewardRowSchema,
  rewardRows,
  StepRowSchema,
  stepRows,
} from "../../../../src/fleet/score/training/index.ts";
import { change, look, steps, writeFile } from "../../../support/steps.ts";
import { judgedRun, label } from "../judged-run.ts";

const STEPS = steps(
  look("ls", "parser.py", { thinking: "Look first." }),
  writeFile("parser.py", "tabs = 1", { observation: null }),
  look("python parser.py", ""),
);
const RUN = judgedRun(STEPS, [label(2, "incorrect", 0.5)], { outcome: { resolved: false } });
const TASKED = { steps: RUN.steps, task: "mend the parser" };
const REWARDS = rewardSteps(RUN, []);
const WRITE = "cat > parser.py <<'EOF'\ntabs = 1\nEOF";

describe("rows of steps", () => {
  it("hold what the agent saw, what it did, and what that earned", () => {
    const rows = [...stepRows(TASKED, "r", REWARDS, 10_000)];
    for (const row of rows) StepRowSchema.parse(row);
    expect(rows).toHaveLength(3);
    expect(rows[2]).toEqual({
      prompt: [
        { role: "user", content: "mend the parser" },
        { role: "assistant", content: "Look first.\n\nls" },
        { role: "user", content: "parser.py" },
        { role: "assistant", content: WRITE },
        { role: "user", content: "(not recorded)" },
      ],
      completion: [{ role: "assistant", content: "python parser.py" }],
      reward: 0.18,
      outcome_reward: 0,
      behaviour_reward: 0.3,
      confidence: 0.7,
      run_id: "r",
      step_id: 3,
    });
  });

  it("leave out the earliest steps that do not fit, and say how many", () => {
    const third = (maxChars: number) => [...stepRows(TASKED, "r", REWARDS, maxChars)][2]?.prompt;
    const latest = WRITE.length + "(not recorded)".length;
    expect(third("mend the parser".length + latest)).toEqual([
      { role: "user", content: "mend the parser\n\n[1 earlier step is not shown]" },
      { role: "assistant", content: WRITE },
      { role: "user", content: "(not recorded)" },
    ]);
    expect(third("mend the parser".length + latest - 1)).toEqual([
      { role: "user", content: "mend the parser\n\n[2 earlier steps are not shown]" },
    ]);
  });

  it("show a sub-agent what it was asked and its own steps, and its caller nothing of them", () => {
    const run = steps(
      look("ls", "a"),
      look('Task {"prompt":"find it"}', "found"),
      look("grep it", "a:1", { agent: "finder", parent_step_id: 2 }),
      look("cat a", "it", { agent: "finder", parent_step_id: 2 }),
      look("echo done", "done"),
    );
    const rewards = rewardSteps(judgedRun(run), []);
    const prompts = [...stepRows({ steps: run, task: "t" }, "r", rewards, 10_000)].map(({ prompt }) =>
      prompt.map(({ content }) => content),
    );
    expect(prompts[3]).toEqual(['Task {"prompt":"find it"}', "grep it", "a:1"]);
    expect(prompts[4]).toEqual(["t", "ls", "a", 'Task {"prompt":"find it"}', "found"]);
  });

  it("cut what is long in its middle, never half a character, and leave what the agent did whole", () => {
    const long = "😀".repeat(8001);
    const run = steps(look("cat big", long), writeFile("big", long));
    const [, row] = stepRows({ steps: run, task: "t" }, "r", rewardSteps(judgedRun(run), []), 100_000);
    const seen = row?.prompt[2]?.content ?? "";
    expect(seen).toContain(`\n[${16_002 - 6000} characters not shown]\n`);
    expect(seen.isWellFormed()).toBe(true);
    expect(row?.completion[0]?.content).toContain(long);
  });

  it("for KTO are those that earn or lose enough", () => {
    const rows = [...ktoRows(TASKED, "r", REWARDS, { maxChars: 10_000, minReward: 0.15 })];
    for (const row of rows) KtoRowSchema.parse(row);
    expect(rows.map(({ step_id, label: isWanted, reward }) => [step_id, isWanted, reward])).toEqual([
      [2, false, -0.7],
      [3, true, 0.18],
    ]);
    expect([...ktoRows(TASKED, "r", REWARDS, { maxChars: 10_000, minReward: 0 })]).toHaveLength(2);
  });

  it("are lines of rewards.jsonl with the run's id", () => {
    const rows = rewardRows("r", REWARDS);
    expect(rows.map((row) => RewardRowSchema.parse(row))).toEqual(rows);
    expect(rows[1]).toEqual({ run_id: "r", ...REWARDS[1] });
  });
});

describe("prmRow", () => {
  it("labels each step, with what came back before the next one", () => {
    const row = PrmRowSchema.parse(prmRow(RUN, "r", 0.4));
    expect(row).toEqual({
      prompt: "mend the parser",
      completions: [
        "Look first.\n\nls",
        `[came back]\nparser.py\n\n${WRITE}`,
        "[came back]\n(not recorded)\n\npython parser.py",
      ],
      labels: [true, false, true],
      run_id: "r",
    });
  });

  it("is null where the labels would be guesses", () => {
    const solved = { outcome: { resolved: true } };
    const failed = { outcome: { resolved: false } };
    const broken = { outcome: { infrastructure_failure: { reason: "died", source: "log" } } };
    expect(prmRow(RUN, "r", 0.51)).toBeNull();
    expect(prmRow(judgedRun(STEPS, [], failed), "r", 0)).toBeNull();
    expect(prmRow(judgedRun(STEPS), "r", 0)).toBeNull();
    expect(prmRow(judgedRun(STEPS, [], broken), "r", 0)).toBeNull();
    expect(prmRow(judgedRun(STEPS, [], { ...solved, task: null }), "r", 0)).toBeNull();
    expect(prmRow(judgedRun(STEPS, [], solved), "r", 0)?.labels).toEqual([true, true, true]);
  });
});

describe("dpoRow", () => {
  const same = (a_step_id: number, b_step_id: number) => ({
    relation: "same" as const,
    a_step_id,
    b_step_id,
  });
  const onlyA = (a_step_id: number) => ({ relation: "only_a" as const, a_step_id, b_step_id: null });
  const onlyB = (b_step_id: number) => ({ relation: "only_b" as const, a_step_id: null, b_step_id });
  const good = steps(look("ls", "a"), look("cat a", "bug"), change("fix a"), look("test", "ok"));
  const bad = steps(look("ls", "a"), change("rm a"), look("test", "fails"));
  const sideOf = (run: typeof good, run_id: string, labels: Parameters<typeof judgedRun>[1] = []) => ({
    run: { steps: run, task: "mend a" },
    run_id,
    labels,
  });
  const rows = [same(1, 1), onlyA(2), onlyA(3), onlyB(2), same(4, 3)];

  it("sets the first change of either run that the other did not make under what both did before", () => {
    const row = dpoRow(sideOf(good, "g"), sideOf(bad, "b", [label(2, "incorrect", 0.7)]), rows, 10_000);
    expect(DpoRowSchema.parse(row)).toEqual({
      prompt: [
        { role: "user", content: "mend a" },
        { role: "assistant", content: "ls" },
        { role: "user", content: "a" },
      ],
      chosen: [{ role: "assistant", content: "fix a" }],
      rejected: [{ role: "assistant", content: "rm a" }],
      chosen_run_id: "g",
      chosen_step_id: 3,
      chosen_left_out: 1,
      rejected_run_id: "b",
      rejected_step_id: 2,
      rejected_left_out: 0,
      rejected_confidence: 0.7,
    });
  });

  it("is null where a run makes no change of its own, or both say the same", () => {
    expect(dpoRow(sideOf(good, "g"), sideOf(bad, "b"), rows.slice(0, 3), 10_000)).toBeNull();
    expect(dpoRow(sideOf(bad, "g"), sideOf(bad, "b"), [onlyA(2), onlyB(2)], 10_000)).toBeNull();
  });
});

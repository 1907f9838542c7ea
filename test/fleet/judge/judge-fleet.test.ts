import path from "node:path";
import { describe, expect, it } from "vitest";
import { judgeBudget } from "../../../src/fleet/judge/judge-budget.ts";
import { createFleetJudge, judgeFleet } from "../../../src/fleet/judge/judge-fleet.ts";
import { ModelError } from "../../../src/model/model-error.ts";
import { writeWorkspace } from "../../../src/workspace/write.ts";
import { tempRun } from "../../support/temp-run.ts";
import { INVENTED, reply, rubric, run, STANDS, scripted, verdict } from "./support.ts";

const A = rubric("stubborn");

/** A fleet's workspaces, each with an output of its own. */
function fleetOf(count: number): { run_id: string; folder: string }[] {
  const root = tempRun({});
  return Array.from({ length: count }, (_, index) => {
    const folder = path.join(root, `run${index}`);
    writeWorkspace(folder, run(`${index}: No rule to make target`));
    return { run_id: `run${index}`, folder };
  });
}

const yes = (): string => reply(verdict("stubborn", true, [STANDS]));

describe("judgeFleet", () => {
  it("judges every run, tells progress, and asks nothing the second time", async () => {
    const runs = fleetOf(12);
    const cache_folder = tempRun({});
    const { settings, prompts } = scripted(yes, { cache_folder });
    const judge = createFleetJudge([A], settings);
    const progress: number[] = [];
    const judged = await judge.judge(runs, (done) => progress.push(done));
    expect(judge.behaviours).toEqual(["stubborn"]);
    expect([...judged.flags].map(([id, flags]) => [id, flags.map(({ present }) => present)])).toEqual(
      runs.map(({ run_id }) => [run_id, [true]]),
    );
    expect([judged.warnings, progress, prompts.length]).toEqual([[], runs.map((_, index) => index + 1), 12]);
    const again = scripted(yes, { cache_folder });
    expect(await judgeFleet(runs, [A], again.settings, () => {})).toEqual(judged);
    expect(again.prompts).toEqual([]);
  });

  it("says what a limit left undone, and goes on from there with more", async () => {
    const runs = fleetOf(20);
    const cache_folder = tempRun({});
    const { settings } = scripted(yes, { cache_folder });
    const limits = { cost_usd: null, tokens: null, calls: 3, seconds: null };
    const budget = judgeBudget(limits, settings.model, () => 0);
    const partial = await judgeFleet(runs, [A], { ...settings, budget }, () => {});
    const flagged = [...partial.flags.values()].filter((flags) => flags.length > 0);
    expect(flagged).toHaveLength(3);
    expect(partial.warnings).toHaveLength(2);
    expect(partial.warnings[0]).toMatch(
      /^The model did not judge \d+ runs? \(run.*\): the limit of calls was reached\.$/,
    );
    expect(partial.warnings[1]).toMatch(/^The model was not asked about \d+ runs? more\.$/);
    const rest = scripted(yes, { cache_folder });
    expect((await judgeFleet(runs, [A], rest.settings, () => {})).warnings).toEqual([]);
    expect(rest.prompts).toHaveLength(17);
  });

  it("goes on after a run that cannot be judged, and groups what it has to say", async () => {
    const runs = [...fleetOf(4), { run_id: "gone", folder: "/nowhere" }];
    const { settings } = scripted((messages) => {
      const text = messages.at(-1)?.text ?? "";
      const all = messages.map((message) => message.text).join("\n");
      if (/0: No rule/.test(text)) throw new ModelError("timeout", "the call took too long; try again.");
      return /[12]: No rule/.test(all) ? reply(verdict("stubborn", true, [INVENTED])) : yes();
    });
    const judged = await judgeFleet(runs, [A], settings, () => {});
    expect([...judged.flags].map(([id, flags]) => [id, flags[0]?.present])).toEqual([
      ["run0", undefined],
      ["run1", null],
      ["run2", null],
      ["run3", true],
      ["gone", undefined],
    ]);
    expect(judged.warnings).toEqual([
      "The model did not judge 1 run (run0): the call took too long; try again.",
      expect.stringMatching(/^The model did not judge 1 run \(gone\): \/nowhere is no complete workspace/),
      "Verdicts on 2 runs (run1, run2) count as abstentions: what they were to be proven with does not stand in the run.",
    ]);
  });

  it("ends where the model is of no use, before it asks about every run", async () => {
    const runs = fleetOf(30);
    const { settings, prompts } = scripted(() => {
      throw new ModelError("rejected_key", "the key is not taken");
    });
    await expect(judgeFleet(runs, [A], settings, () => {})).rejects.toThrow("the key is not taken");
    expect(prompts.length).toBeLessThan(10);
    const gone = scripted((_, call) => {
      if (call > 5) throw new ModelError("connection", "the server is not reached");
      return yes();
    });
    const judged = await judgeFleet(runs, [A], gone.settings, () => {});
    expect([...judged.flags.values()].filter((flags) => flags.length > 0)).toHaveLength(5);
    expect(judged.warnings.join("\n")).toMatch(
      /the server is not reached\.\nThe model was not asked about \d+ runs more\.$/,
    );
  });
});

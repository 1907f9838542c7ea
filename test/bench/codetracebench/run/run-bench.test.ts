import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openData } from "../../../../bench/codetracebench/data/source.ts";
import { estimateBench } from "../../../../bench/codetracebench/run/estimate.ts";
import type { Method, MethodInput } from "../../../../bench/codetracebench/run/method.ts";
import { methodsNamed } from "../../../../bench/codetracebench/run/methods.ts";
import { type BenchOptions, runBench } from "../../../../bench/codetracebench/run/run-bench.ts";
import type { Row } from "../../../../bench/codetracebench/types.ts";
import { CodeTracerError } from "../../../../src/index.ts";
import { tempRun } from "../../../support/temp-run.ts";
import { MADE_STEPS, madeData, madeRecord, madeRow } from "../support/made-data.ts";

interface Recorded {
  method: Method;
  inputs: MethodInput[];
}

/** A method that flags the steps 4, 2 and 4, at a price, and remembers what it was given. */
function recorded(changes: Partial<Method> = {}): Recorded {
  const inputs: MethodInput[] = [];
  const usage = { calls: 1, input_tokens: 10, output_tokens: 2, cost_usd: 0.25 };
  const method: Method = {
    name: "recorded",
    config: "1",
    offline: true,
    estimate: () => ({ ...usage, cost_usd: 1 }),
    predict: (input) => {
      inputs.push(input);
      return { incorrect_step_ids: [4, 2, 4], unuseful_step_ids: [], onset_step_id: 2, usage };
    },
    ...changes,
  };
  return { method, inputs };
}

const IDS = ["r1", "r2", "r3", "r4", "r5", "r6"];

async function options(
  changes: Partial<BenchOptions> = {},
  rows: Row[] = IDS.map((id) => madeRow(id)),
): Promise<BenchOptions> {
  const folder = await madeData(IDS.map((id) => madeRecord(id)));
  const source = await openData(folder, { split: "verified", env: {}, cwd: "/" });
  const ledger = path.join(tempRun({}), "ledger.jsonl");
  return {
    rows,
    source,
    ledger,
    fresh: false,
    repetitions: 1,
    concurrency: 1,
    max_cost_usd: null,
    ...changes,
  };
}

function tools(methods: readonly Method[], signal = new AbortController().signal) {
  return { methods, signal, onProgress: () => {} };
}

describe("a benchmark", () => {
  it("gives the predictions in the order of rows, methods and repetitions, however it is spread", async () => {
    const methods = [recorded().method, recorded({ name: "other" }).method];
    for (const concurrency of [1, 4]) {
      const { predictions, refusals, rows, complete_rows } = await runBench(
        await options({ repetitions: 2, concurrency }),
        tools(methods),
      );
      expect(refusals).toEqual([]);
      expect(complete_rows).toEqual(rows);
      expect(predictions.map((one) => `${one.traj_id} ${one.method} ${one.repetition}`)).toEqual(
        IDS.flatMap((id) => [`${id} recorded 1`, `${id} recorded 2`, `${id} other 1`, `${id} other 2`]),
      );
      expect(predictions[0]).toEqual({
        traj_id: "r1",
        method: "recorded",
        repetition: 1,
        incorrect_step_ids: [2, 4],
        unuseful_step_ids: [],
        onset_step_id: 2,
        stage_ranges: expect.arrayContaining([expect.objectContaining({ start_step_id: 1 })]),
        usage: { calls: 1, input_tokens: 10, output_tokens: 2, cost_usd: 0.25, seconds: expect.any(Number) },
      });
    }
  });

  it("shows a method the workspace and nothing of the row", async () => {
    const row = madeRow("telling-id", { ...madeRow("r1"), traj_id: "telling-id", model: "telling-model" });
    const { method, inputs } = recorded();
    await runBench(await options({}, [row]), tools([method]));
    expect(inputs.map((input) => Object.keys(input).sort())).toEqual([
      ["journal", "repetition", "signal", "workspace"],
    ]);
    expect(inputs[0]?.journal).not.toContain("telling");
    const seen = JSON.stringify(inputs[0]?.workspace);
    expect(seen).toContain(`"step_id":${MADE_STEPS}`);
    expect(seen).not.toMatch(/telling|gold|unuseful|incorrect|tar\.zst/);
  });

  it("redacts what leaves the machine", async () => {
    const [inside, outside] = [recorded(), recorded({ name: "outside", offline: false })];
    await runBench(await options({ rows: [madeRow("r1")] }), tools([inside.method, outside.method]));
    const redactions = [inside, outside].map(({ inputs }) => inputs[0]?.workspace.extraction.redactions);
    expect(redactions).toEqual([null, {}]);
  });

  it("refuses rows that cannot be scored, with the reason, and predicts nothing for them", async () => {
    const broken = await options({}, [
      madeRow("r1", { step_count: MADE_STEPS + 1 }),
      madeRow("r2", { artifact_path: null }),
      madeRow("r3", { artifact_path: "bench_artifacts/full/none.tar.zst" }),
      madeRow("r4"),
      madeRow("r5"),
    ]);
    const artifact = await broken.source.artifact("bench_artifacts/full/r4.tar.zst");
    fs.writeFileSync(artifact ?? "", "no archive");
    const { method, inputs } = recorded();
    const { refusals, predictions, complete_rows } = await runBench(broken, tools([method]));
    expect(refusals.map(({ traj_id, reason, detail }) => [traj_id, reason, detail])).toEqual([
      ["r1", "misaligned", expect.stringMatching(/: 11 by mini-swe-agent; the manifest says 12 steps/)],
      ["r2", "no_artifact", expect.any(String)],
      ["r3", "no_artifact", expect.stringContaining("none.tar.zst")],
      ["r4", "unreadable", expect.any(String)],
    ]);
    expect(predictions.map(({ traj_id }) => traj_id)).toEqual(["r5"]);
    expect(inputs).toHaveLength(1);
    expect(complete_rows).toEqual(broken.rows);
  });

  it("goes on from its ledger, for the same configuration only", async () => {
    const bench = await options();
    const first = await runBench({ ...bench, rows: bench.rows.slice(0, 4) }, tools([recorded().method]));
    fs.appendFileSync(bench.ledger, '{"type":"predicted","key":"[\\"r5\\",\\"rec');
    const second = recorded();
    const again = await runBench(bench, tools([second.method]));
    expect([second.inputs.length, again.kept, again.predictions.length]).toEqual([2, 4, 6]);
    expect(again.predictions.slice(0, 4)).toEqual(first.predictions);
    for (const changes of [{ config: "2" }, { name: "renamed" }, { offline: false }]) {
      const changed = recorded(changes);
      await runBench(bench, tools([changed.method]));
      expect(changed.inputs).toHaveLength(6);
    }
    const over = recorded();
    await runBench({ ...bench, fresh: true }, tools([over.method]));
    expect(over.inputs).toHaveLength(6);
  });

  it("begins no prediction that could pass the cost limit, side by side neither", async () => {
    const bench = await options({ max_cost_usd: 2, concurrency: 4 });
    let running_usd = 0;
    let most_usd = 0;
    const slow = recorded();
    const method: Method = {
      ...slow.method,
      predict: async (input) => {
        running_usd += 1;
        most_usd = Math.max(most_usd, running_usd);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running_usd -= 0.75;
        return slow.method.predict(input);
      },
    };
    const result = await runBench(bench, tools([method]));
    expect(most_usd).toBeLessThanOrEqual(2);
    // Five predictions took 1.25; the sixth could take them to 2.25.
    expect([result.predictions.length, result.not_begun]).toEqual([5, 1]);
    expect(result.complete_rows.map((row) => row.traj_id)).toEqual(
      result.predictions.map((one) => one.traj_id),
    );
    const rest = await runBench({ ...bench, max_cost_usd: 2.5 }, tools([method]));
    expect([rest.predictions.length, rest.not_begun]).toEqual([6, 0]);
  });

  it("counts a prediction that failed as paid for, and tries it again", async () => {
    const bench = await options({ max_cost_usd: 1.5, rows: [madeRow("r1")] });
    const failing = recorded({
      predict: () => {
        throw new CodeTracerError("unreadable", "the model did not answer");
      },
    });
    const failed = await runBench(bench, tools([failing.method]));
    expect(failed.failures).toEqual([
      { traj_id: "r1", method: "recorded", repetition: 1, detail: "the model did not answer" },
    ]);
    expect([failed.predictions, failed.complete_rows.length]).toEqual([[], 1]);
    const { method } = recorded();
    expect((await runBench(bench, tools([method]))).not_begun).toBe(1);
    expect((await runBench({ ...bench, max_cost_usd: 2 }, tools([method]))).predictions).toHaveLength(1);
  });

  it("will not promise a limit over unknown prices", async () => {
    const unknown = { calls: 1, input_tokens: 1, output_tokens: 1, cost_usd: null };
    const { method } = recorded({ estimate: () => unknown });
    await expect(runBench(await options({ max_cost_usd: 5 }), tools([method]))).rejects.toThrow(
      /price of method recorded/,
    );
    expect((await runBench(await options(), tools([method]))).predictions).toHaveLength(6);
  });

  it("stops when it is interrupted, and a step that is not in the run is a defect", async () => {
    const abort = new AbortController();
    const { method, inputs } = recorded();
    const stopping: Method = {
      ...method,
      predict: (input) => {
        if (inputs.length === 2) abort.abort();
        return method.predict(input);
      },
    };
    const { predictions, not_begun } = await runBench(await options(), tools([stopping], abort.signal));
    expect([predictions.length, not_begun]).toEqual([3, 3]);
    const wrong = recorded({
      predict: () => ({
        incorrect_step_ids: [MADE_STEPS + 1],
        unuseful_step_ids: [],
        onset_step_id: null,
        usage: { calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 },
      }),
    });
    await expect(runBench(await options(), tools([wrong.method]))).rejects.toThrow(/named step 12 of 11/);
  });

  it("tells how far it is", async () => {
    const seen: string[] = [];
    const rows = [madeRow("r1"), madeRow("r2", { step_count: 1 }), madeRow("r3")];
    await runBench(await options({}, rows), {
      ...tools([recorded().method]),
      onProgress: ({ done, total, refused }) => seen.push(`${done}/${total} ${refused}`),
    });
    expect(seen).toEqual(["1/3 0", "2/3 1", "3/3 1"]);
  });
});

describe("an estimate", () => {
  it("adds up what is missing, and writes nothing", async () => {
    const bench = await options({}, [
      ...IDS.slice(0, 4).map((id) => madeRow(id)),
      madeRow("r5", { step_count: 3 }),
    ]);
    const methods = [recorded().method, ...methodsNamed(["rules"])];
    await runBench({ ...bench, rows: bench.rows.slice(0, 1) }, tools(methods));
    const before = fs.readFileSync(bench.ledger, "utf8");
    const { methods: estimates, refusals } = await estimateBench(
      { ...bench, repetitions: 2 },
      tools(methods),
    );
    expect(estimates).toEqual([
      { method: "recorded", predictions: 7, calls: 7, input_tokens: 70, output_tokens: 14, cost_usd: 7 },
      { method: "rules", predictions: 7, calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 },
    ]);
    expect(refusals.map(({ traj_id, reason }) => [traj_id, reason])).toEqual([["r5", "misaligned"]]);
    expect(fs.readFileSync(bench.ledger, "utf8")).toBe(before);
  });
});

describe("methods by name", () => {
  it("are each taken once, and unknown ones refused", () => {
    const each = methodsNamed(["detectors", "rules"]).map(({ name }) => name);
    expect(each.filter((name) => name.startsWith("detector:")).length).toBeGreaterThan(8);
    expect(each.at(-1)).toBe("rules");
    expect(methodsNamed(["rules", "rules"]).map(({ name }) => name)).toEqual(["rules"]);
    for (const name of ["guess", "toString", ""])
      expect(() => methodsNamed([name])).toThrow(/no method named .*; there are agent, direct, rules/);
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, it } from "vitest";
import { extractor } from "../../extractors/codetracer-record/index.ts";
import { openRecorder, writeTrajectory } from "../../src/record/index.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { tempRun } from "../support/temp-run.ts";

const LIBRARY = new URL("../../dist/src/record/index.js", import.meta.url).href;
/** Records steps of up to 256 kB without end, and says of each that it is finished. */
const WRITER = `
import { openRecorder } from ${JSON.stringify(LIBRARY)};
const [folder, name] = process.argv.slice(2);
const recorder = openRecorder(folder, { agent: { name }, continue: true, redact: false });
for (let n = 0; ; n++) {
  recorder.action({ command: name + n, thinking: "t".repeat((n * 7919) % 262144) }).observe(name + n);
  process.stdout.write(name + n + "\\n");
}`;
const MOMENTS = 12;
const WRITERS = ["a", "b"];

/** Starts the writers, kills them all in their midst, and gives the steps that they had finished. */
async function killed(script: string, folder: string, moment: number): Promise<string[]> {
  const finished = WRITERS.map(async (name, index) => {
    const child = spawn("node", [script, folder, `${name}${moment}-`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      // The one later than the other, and each round later than the last.
      if (said.split("\n").length > 3 + moment * 3 + index * 5) child.kill("SIGKILL");
    });
    await once(child, "close");
    return said.split("\n").slice(0, -1);
  });
  return (await Promise.all(finished)).flat();
}

it("a kill at any moment loses no finished step of any writer, and tears none of another", async () => {
  const root = tempRun({ "writer.mjs": WRITER });
  const folder = path.join(root, "run");
  openRecorder(folder, { agent: { name: "first" } });
  const finished: string[] = [];
  for (let moment = 0; moment < MOMENTS; moment++)
    finished.push(...(await killed(path.join(root, "writer.mjs"), folder, moment)));
  expect(finished.length).toBeGreaterThan(MOMENTS * WRITERS.length * 3);
  const run = openDirectory(folder);
  const { steps } = extractor.extract(run);
  const observed = new Map(steps.map((step) => [step.action, step.observation]));
  expect(finished.filter((name) => observed.get(name) !== name)).toEqual([]);
  expect(steps.every((step) => /^t*$/.test(step.thinking ?? ""))).toBe(true);
  // A writer leaves one torn line and one unfinished step at most.
  expect(run.problems.length).toBeLessThanOrEqual(MOMENTS * WRITERS.length);
  expect(steps.length - finished.length).toBeLessThanOrEqual(MOMENTS * WRITERS.length * 2);
  expect(writeTrajectory(folder)).toMatchObject({
    action_count: steps.length,
    broken_lines: run.problems.length,
  });
});

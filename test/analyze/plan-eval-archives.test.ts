import path from "node:path";
import { expect, it } from "vitest";
import { planJobs } from "../../src/analyze/plan.ts";
import { zip } from "../run/packers.ts";
import { tempRun } from "../support/temp-run.ts";

const OPTIONS = { redact: false, trace: false, force: false };

it("takes a file named .eval for an archive only where its contents say so", () => {
  const archive = zip([{ name: "samples/1_epoch_1.json", body: "{}" }]);
  const root = tempRun({ "a.eval": archive, "b.eval": "scores of my own", "c.zip": archive });
  const jobs = planJobs([root], "/out", OPTIONS);
  expect(jobs.map((job) => path.relative(root, job.target))).toEqual(["a.eval", "c.zip"]);
});

it("names what comes out of an .eval by the archive", () => {
  const file = `${tempRun({ "a.eval": zip([{ name: "x", body: "{}" }]) })}/a.eval`;
  const [job] = planJobs([file], "/out", OPTIONS);
  expect(job).toMatchObject({ target: file, shownAs: file, out: "/out/a" });
});

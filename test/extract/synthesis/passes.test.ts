import { expect, it } from "vitest";
import { type Examined, passes, type Trial } from "../../../src/extract/synthesis/examine.ts";

const trial = { role: "this", number: 1 } as unknown as Trial;
const run = (steps: number, problems: string[] = []): Examined =>
  ({ trajectory: { steps: Array.from({ length: steps }) }, problems }) as unknown as Examined;

it.each<[string, Examined[], boolean]>([
  ["a run with steps", [run(3)], true],
  ["an empty session beside it, with its reason", [run(0), run(3)], true],
  ["empty sessions alone: nothing was read", [run(0), run(0)], false],
  ["one run of several with a problem", [run(3), run(2, ["no call twice"])], false],
  ["no run", [], false],
])("%s", (_, runs, expected) => {
  expect(passes({ trial, runs })).toBe(expected);
});

it("a trial that failed", () => {
  expect(passes({ trial, runs: [], failure: "f", isUnrecognised: false })).toBe(false);
});

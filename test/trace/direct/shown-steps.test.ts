import { describe, expect, it } from "vitest";
import { countTokens } from "../../../src/model/count-tokens.ts";
import { ShownSteps } from "../../../src/trace/direct/shown-steps.ts";
import { fullViews } from "../../../src/trace/views/full-view.ts";
import { longRun } from "./support.ts";

const NONCE = "0123456789ab";

describe("ShownSteps", () => {
  it("shows every step in full where all fit", async () => {
    const { steps } = longRun(6, 3_000);
    const shown = await new ShownSteps(steps, NONCE).within(1, 6, 50_000);
    expect(shown).toEqual(fullViews(steps, NONCE));
  });

  it.each([20_000, 8_000, 4_000, 2_000, 1_200])(
    "keeps to %i tokens, and shows every step",
    async (tokens) => {
      const { steps } = longRun(20, 6_000);
      const shown = await new ShownSteps(steps, NONCE).within(1, 20, tokens);
      expect(shown).toHaveLength(20);
      for (const [index, view] of shown.entries()) expect(view).toContain(`[${index + 1}] change`);
      const count = await countTokens(shown.join("\n"));
      expect(count).toBeLessThanOrEqual(tokens);
      expect(count).toBeGreaterThan(tokens * 0.4);
    },
  );

  it("shows short steps in full beside long ones", async () => {
    const short = longRun(9, 100).steps;
    const long = longRun(10, 30_000).steps.slice(9);
    const shown = await new ShownSteps([...short, ...long], NONCE).within(1, 10, 3_000);
    expect(shown.slice(0, 9)).toEqual(fullViews(short, NONCE));
    expect(shown[9]).toMatch(/characters left out/);
  });

  it("shows a part alone", async () => {
    const { steps } = longRun(20, 6_000);
    const shown = await new ShownSteps(steps, NONCE).within(6, 10, 2_000);
    expect(shown.map((view) => view.split(" ")[0])).toEqual(["[6]", "[7]", "[8]", "[9]", "[10]"]);
    expect(await countTokens(shown.join("\n"))).toBeLessThanOrEqual(2_000);
  });
});

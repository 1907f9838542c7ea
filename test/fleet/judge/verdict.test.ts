import { describe, expect, it } from "vitest";
import { readVerdicts } from "../../../src/fleet/judge/verdict.ts";
import { reply, verdict } from "./support.ts";

const NO_JSON = "the reply holds no JSON with `verdicts` that can be read";
const said = (text: string): unknown => readVerdicts(text, ["a"]).get("a");

describe("readVerdicts", () => {
  it("finds the JSON alone, in the last block, among prose, after thoughts, with stray commas", () => {
    const whole = JSON.stringify({ verdicts: [verdict("a", false)] });
    const old = JSON.stringify({ verdicts: [verdict("a", true)] });
    for (const text of [
      whole,
      `\`\`\`json\n${old}\n\`\`\`\nNo:\n\`\`\`\n${whole}\n\`\`\``,
      `So: ${whole} That is all.`,
      `<think>{"verdicts": [}</think>${whole}`,
      whole.replace(/\]\}$/, ",]}"),
      JSON.stringify([verdict("a", false)]),
    ])
      expect(said(text), text).toEqual({ ...verdict("a", false), confidence: 0.8 });
  });

  it("takes confidences in per cent, and only verdicts of the form that was asked for", () => {
    const with_ = (more: object): unknown => said(reply({ ...verdict("a", null), ...more }));
    expect(with_({ confidence: 85 })).toMatchObject({ confidence: 0.85, present: null });
    expect(with_({ confidence: 101 })).toBe("`confidence` is missing or not of the form that was asked for");
    expect(with_({ present: "yes" })).toBe("`present` is missing or not of the form that was asked for");
    expect(with_({ quotes: [{ step: 1, where: "stderr", text: "x" }] })).toBe(
      "`quotes.0.where` is missing or not of the form that was asked for",
    );
    expect(with_({ step_ids: [1.5] })).toBe("`step_ids.0` is missing or not of the form that was asked for");
    expect(with_({ reason: undefined })).toBe("`reason` is missing or not of the form that was asked for");
  });

  it("keeps whole verdicts beside broken, missing, doubled and unasked ones", () => {
    const text = reply(verdict("a", true), { rubric: "b" }, verdict("d", true), verdict("d", false), {
      ...verdict("__proto__", true),
      rubric: "__proto__",
    });
    expect([...readVerdicts(text, ["a", "b", "c", "d"])]).toEqual([
      ["a", { ...verdict("a", true) }],
      ["b", "`present` is missing or not of the form that was asked for"],
      ["c", "it has no verdict"],
      ["d", "it has more than one verdict"],
    ]);
  });

  it("says so where nothing can be read", () => {
    for (const text of [
      "",
      "I refuse.",
      "{",
      '{"verdicts": ',
      "[".repeat(100_000),
      "```json\n{\n".repeat(2000),
      "x".repeat(400_001),
    ])
      expect(said(text)).toBe(NO_JSON);
  });
});

import { describe, expect, test } from "vitest";
import { thinkingGist } from "../../../src/trace/views/thinking-gist.ts";

const FILLER = "The program reads the file and prints what it holds. ";

describe("thinkingGist", () => {
  test.each([
    ["all of a short text", "A plan.\n\n---\nIn two lines.", 100, "A plan.\nIn two lines."],
    [
      "the last two sentences and the first",
      `The parser must be written now. ${FILLER.repeat(5)}It is done. Let me test it.`,
      118,
      "The parser must be written now. … It is done. Let me test it.",
    ],
    [
      "a confession before neutral sentences and the first",
      `The parser must be written now. ${FILLER.repeat(5)}I'll use mock data for now. ${FILLER.repeat(5)}It is done. Let me test it.`,
      100,
      "… I'll use mock data for now. … It is done. Let me test it.",
    ],
    [
      "the end of a last sentence that is too long",
      `${FILLER.repeat(3)}Now ${"word ".repeat(40)}I will submit this.`,
      80,
      "… Now word word word word word word word word word word …rd I will submit this.",
    ],
    [
      "an exclamation alone is left out",
      `Great! ${FILLER.repeat(9)}It is done. So test it.`,
      60,
      "… It is done. So test it.",
    ],
    [
      "a number belongs to what it counts",
      `1. Read it. 2. ${FILLER.repeat(6)}\n3. Write it. 4. Test it.`,
      40,
      "… 3. Write it. 4. Test it.",
    ],
  ])("%s", (_, text, chars, gist) => {
    expect(thinkingGist(text, chars)).toBe(gist);
    expect(gist.length).toBeLessThanOrEqual(chars);
  });

  test("whatever is asked for, nothing longer comes out", () => {
    const text = `A first thought, to begin with. ${FILLER.repeat(20)}It timed out. ${"x".repeat(300)}. And the last one, at the end.`;
    const long = Array.from(
      { length: 60 },
      (_, at) => thinkingGist(text, 20 + at * 25).length - (20 + at * 25),
    );
    expect(Math.max(...long)).toBeLessThanOrEqual(0);
  });
});

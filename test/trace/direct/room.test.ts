import { describe, expect, it } from "vitest";
import { roomForSteps } from "../../../src/trace/direct/room.ts";

describe("roomForSteps", () => {
  it.each([
    ["a model that does not tell", null, 74_080],
    ["a small one", 8_192, 1_825],
    ["a usual one", 128_000, 99_840],
    ["one larger than is of use", 1_000_000, 166_080],
  ])("shares out the context of %s", (_, context, expected) => {
    expect(roomForSteps(context, 8_000, 2_000)).toEqual(expected);
  });

  it("says what to do where nothing is left for steps", () => {
    expect(() => roomForSteps(4_096, 8_000, 2_000)).toThrow(
      /takes 4096 tokens in one call.* use a model with/,
    );
  });
});

import { describe, expect, it } from "vitest";
import { CutOutput } from "../../src/agent/cut-output.ts";

describe("cutting output", () => {
  it.each([
    { name: "nothing", limit: 10, parts: [], output: "", elided: 0 },
    { name: "what fits", limit: 10, parts: ["01234", "56789"], output: "0123456789", elided: 0 },
    {
      name: "one too many",
      limit: 10,
      parts: ["01234567890"],
      output: "01234\n[… 1 characters elided …]\n67890",
      elided: 1,
    },
    {
      name: "an odd limit",
      limit: 5,
      parts: ["abcdefghij"],
      output: "abc\n[… 5 characters elided …]\nij",
      elided: 5,
    },
    {
      name: "many parts",
      limit: 6,
      parts: Array.from({ length: 5000 }, (_, index) => String(index % 10)),
      output: "012\n[… 4,994 characters elided …]\n789",
      elided: 4994,
    },
    {
      name: "more than is held at a time",
      limit: 4,
      parts: Array.from({ length: 9 }, () => "x".repeat(50_000)).concat("end"),
      output: "xx\n[… 449,999 characters elided …]\nnd",
      elided: 449_999,
    },
    {
      name: "pairs of units that stand on the cuts",
      limit: 6,
      parts: ["ab🎉cdef🎉yz"],
      output: "ab\n[… 8 characters elided …]\nyz",
      elided: 8,
    },
  ])("$name", ({ limit, parts, output, elided }) => {
    const cut = new CutOutput(limit);
    for (const part of parts) cut.push(part);
    expect(cut.result()).toEqual({ output, elided_chars: elided });
  });
});

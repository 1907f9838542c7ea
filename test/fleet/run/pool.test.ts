import { describe, expect, it } from "vitest";
import { groupReasons } from "../../../src/fleet/run/group-reasons.ts";
import { inOrder } from "../../../src/fleet/run/pool.ts";

describe("inOrder", () => {
  it("hands results out in the order of the items, whichever is done first, and runs only so far ahead", async () => {
    const items = [...Array(20).keys()];
    let begun = 0;
    let given = 0;
    let furthest = 0;
    const results: number[] = [];
    const work = async (item: number): Promise<number> => {
      furthest = Math.max(furthest, ++begun - given);
      await new Promise((resolve) => setTimeout(resolve, item % 3 === 0 ? 8 : 1));
      return item;
    };
    for await (const result of inOrder(items, 4, work)) {
      given++;
      results.push(result);
    }
    expect(results).toEqual(items);
    expect(furthest).toBe(4);
  });
});

describe("groupReasons", () => {
  it("puts together what differs in paths and numbers only, the most frequent first", () => {
    const failed = [
      { run: "/r/a", code: "bad_json", message: "/r/a/x.json:3: broken\nmore" },
      { run: "/r/b", code: "unreadable", message: "/r/b: no such file" },
      { run: "/r/c", code: "bad_json", message: "/r/c/y.json:17: broken" },
    ];
    expect(groupReasons(failed)).toEqual([
      { count: 2, code: "bad_json", example: "/r/a/x.json:3: broken" },
      { count: 1, code: "unreadable", example: "/r/b: no such file" },
    ]);
  });
});

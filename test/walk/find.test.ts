import { describe, expect, it } from "vitest";
import { findText } from "../../src/walk/find.ts";
import { look, steps } from "../support/steps.ts";
import { madeBook } from "./made-run.ts";

const book = madeBook({
  steps: steps(
    look("Grep a.b", "axb A.B a.b", { thinking: "a.b" }),
    look("ls", null),
    look("cat", "İİ a.b\nend"),
  ),
});

/** All places from the top of a step on until they come again, as `step field start`. */
function places(text: string, from: number, way: 1 | -1): string[] {
  const found: string[] = [];
  let at = findText(book, text, from, way).at;
  while (at !== null) {
    const place = `${at.step_id} ${at.field} ${at.start}`;
    if (found.includes(place)) break;
    found.push(place);
    at = findText(book, text, at, way).at;
  }
  return found;
}

describe("searching", () => {
  const ALL = ["1 thinking 0", "1 action 5", "1 observation 4", "1 observation 8", "3 observation 3"];

  it("finds a text as it stands, in the order in which it is shown, and goes round", () => {
    expect(places("a.b", 1, 1)).toEqual(ALL);
    expect(places("a.b", 2, 1)).toEqual([...ALL.slice(4), ...ALL.slice(0, 4)]);
  });

  it("goes back the same way", () => {
    expect(places("a.b", 1, -1)).toEqual([...ALL].reverse());
    expect(places("a.b", 3, -1)).toEqual([...ALL.slice(0, 4).reverse(), ALL[4]]);
  });

  it("heeds capital letters where one is typed", () => {
    expect(places("A.B", 1, 1)).toEqual(["1 observation 4"]);
    expect(places("grep", 1, 1)).toEqual(["1 action 0"]);
  });

  it("takes nothing for a pattern", () => {
    for (const text of ["a.*", "(", "[a-z]", "\\", "$^"]) expect(places(text, 1, 1)).toEqual([]);
    expect(findText(book, "nowhere", 1, 1)).toEqual({ at: null, wrapped: false });
  });

  it("says when it went past an end of the run", () => {
    expect(findText(book, "grep", 1, 1).wrapped).toBe(false);
    expect(findText(book, "grep", 2, 1).wrapped).toBe(true);
    expect(findText(book, "grep", 1, -1).wrapped).toBe(true);
    expect(findText(book, "grep", 2, -1).wrapped).toBe(false);
  });
});

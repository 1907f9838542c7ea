import { describe, expect, it } from "vitest";
import { answerCsv, jsonRow, renderAnswer } from "../../../src/fleet/query/index.ts";

const HOSTILE = "\u001b[31m=red\u009b2J\u202e\nnext";

describe("renderAnswer", () => {
  it("is a table with numbers to the right and broken ones shortened", () => {
    const text = renderAnswer(
      {
        columns: ["name", "share"],
        isNumber: [false, true],
        rows: [
          ["a", 13.277777777777779],
          ["bcd", 2],
          [null, null],
        ],
        isCut: false,
      },
      { width: 40 },
    );
    expect(text).toBe(
      ["name    share", "────  ───────", "a     13.2778", "bcd         2", "", "", "3 rows", ""].join("\n"),
    );
  });

  it("cuts what is too wide, and says when rows are missing", () => {
    const rows = [["x".repeat(100), "y".repeat(100)]];
    const text = renderAnswer(
      { columns: ["a", "b"], isNumber: [false, false], rows, isCut: true },
      { width: 40 },
    );
    for (const line of text.split("\n").slice(0, 3)) expect(line.length).toBeLessThanOrEqual(40);
    expect(text).toContain("the first 1 rows; --rows shows more");
  });

  it("puts rows below each other where there are more columns than room", () => {
    const columns = [...Array(10).keys()].map((at) => `column_${at}`);
    const rows = [columns.map((_, at) => `value ${at}`)];
    const text = renderAnswer(
      { columns, isNumber: columns.map(() => false), rows, isCut: false },
      { width: 60 },
    );
    expect(text).toContain("row 1\n  column_0  value 0\n  column_1  value 1\n");
  });

  it("lets no control sequence through", () => {
    const answer = { columns: [HOSTILE], isNumber: [false], rows: [[HOSTILE]], isCut: false };
    expect(renderAnswer(answer, { width: 60 })).not.toMatch(/[\u001b\u009b\u202e]/);
  });
});

describe("answerCsv", () => {
  it("quotes as RFC 4180 has it and leaves numbers alone", () => {
    expect(answerCsv(["a", 'b "c"', "d,e", "f\ng", -1, 1.5, true, null])).toBe(
      'a,"b ""c""","d,e","f\ng",-1,1.5,true,\r\n',
    );
  });

  it("keeps spreadsheets from taking text for a formula, and terminals from obeying it", () => {
    expect(answerCsv(["=1+1", "+1", "-x", "@a", HOSTILE, ["=a"]])).toBe(
      '\'=1+1,\'+1,\'-x,\'@a,"\'=red\nnext","[""=a""]"\r\n',
    );
  });
});

describe("jsonRow", () => {
  it("says the same in characters that a terminal does not obey", () => {
    const text = jsonRow(["a", "b"], [HOSTILE, "\u{e0041}"]);
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]|\u{e0041}/u);
    expect(JSON.parse(text)).toEqual({ a: HOSTILE, b: "\u{e0041}" });
  });
});

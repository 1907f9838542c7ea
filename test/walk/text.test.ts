import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryAt, indexLines } from "../../src/walk/line-index.ts";
import { placeInReadable } from "../../src/walk/quote-place.ts";
import { laidOut, moved, rowsFrom, TOP, windowAt } from "../../src/walk/scroll.ts";
import { cutRow, type Row, rowWidth, sides, span, wrapRow } from "../../src/walk/spans.ts";

const textOf = (row: Row): string => row.map(({ text }) => text).join("");
const linesOf = (text: string, piece = 1000): string[] => {
  const { starts, ends } = indexLines(text, piece);
  return starts.map((start, index) => text.slice(start, ends[index]));
};

describe("lines of a text", () => {
  it.each<[string, string[]]>([
    ["", []],
    ["\n \n", []],
    ["a", ["a"]],
    ["a\n\nb\n\n", ["a", "", "b"]],
    ["\na\r\nb\r\r\nc", ["", "a", "b", "c"]],
    ["10%\r20%\r\r\r30%", ["10%", "20%", "30%"]],
    ["a\u2028b\u0085c\fd", ["a", "b", "c", "d"]],
  ])("%j are %j", (text, expected) => {
    expect(linesOf(text)).toEqual(expected);
  });

  it("are cut into pieces where they are long, never inside a character", () => {
    expect(linesOf("abcdefgh\nij", 3)).toEqual(["abc", "def", "gh", "ij"]);
    expect(linesOf("ab👍👍", 3)).toEqual(["ab👍", "👍"]);
    expect(indexLines("abcdefgh\nij", 3).line_count).toBe(2);
  });

  it("are found by an offset", () => {
    const index = indexLines("ab\ncdef\ng", 2);
    expect([0, 1, 2, 3, 4, 5, 8].map((offset) => entryAt(index, offset))).toEqual([0, 0, 0, 1, 1, 2, 3]);
  });
});

describe("rows", () => {
  it("wrap at words, keep their styles and lose nothing but spaces", () => {
    const row = [span("one two ", "bold"), span("three", "red")];
    expect(wrapRow(row, 9, "words")).toEqual([
      [{ text: "one two ", style: "bold" }],
      [{ text: "three", style: "red" }],
    ]);
    expect(wrapRow([span("abcdefgh ij")], 4, "words").map(textOf)).toEqual(["abcd", "efgh", "ij"]);
    expect(wrapRow([span("漢字漢")], 5, "columns").map(textOf)).toEqual(["漢字", "漢"]);
    expect(wrapRow([], 5, "words")).toEqual([[]]);
  });

  it("never wrap wider than they may and never lose a letter", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const whole = span(text);
        for (const at of ["words", "columns"] as const) {
          const rows = wrapRow([whole], width, at);
          expect(Math.max(...rows.map(rowWidth))).toBeLessThanOrEqual(width);
          expect(rows.map(textOf).join("").replaceAll(" ", "")).toBe(whole.text.replaceAll(" ", ""));
        }
      }),
    );
  });

  it("are cut, and put to both sides, to the width", () => {
    expect(textOf(cutRow([span("ab"), span("cdef")], 4))).toBe("abc…");
    expect(textOf(cutRow([span("abcd")], 4))).toBe("abcd");
    expect(textOf(sides([span("left side")], [span("right")], 12))).toBe("left…  right");
    expect(textOf(sides([span("left")], [span("right")], 12))).toBe("left   right");
    expect(textOf(sides([span("left")], [span("right")], 5))).toBe("right");
  });
});

describe("a sheet", () => {
  const row = (text: string): Row => [span(text)];
  const sheet = [
    laidOut([]),
    { length: 2, rows: (line: number) => ["a", "b", "c"].map((letter) => row(`${line}${letter}`)) },
    laidOut([]),
    laidOut([row("end")]),
  ];
  const from = (rows: number): string[] => rowsFrom(sheet, moved(sheet, TOP, rows), 9).map(textOf);

  it("is gone through row by row over lines and empty blocks", () => {
    expect(from(0)).toEqual(["0a", "0b", "0c", "1a", "1b", "1c", "end"]);
    for (let rows = 0; rows < 7; rows++) expect(from(rows)).toEqual(from(0).slice(rows));
    expect(from(99)).toEqual(["end"]);
    for (let back = 0; back < 9; back++) {
      const place = moved(sheet, moved(sheet, TOP, 6), -back);
      expect(rowsFrom(sheet, place, 9).map(textOf)).toEqual(from(Math.max(6 - back, 0)));
    }
  });

  it("fills the screen and says which of its ends are seen", () => {
    expect(windowAt(sheet, { block: 3, line: 0, row: 0 }, 3)).toEqual({
      top: { block: 1, line: 1, row: 1 },
      isAtTop: false,
      isAtEnd: true,
    });
    expect(windowAt(sheet, TOP, 3)).toMatchObject({ isAtTop: true, isAtEnd: false });
    expect(windowAt(sheet, { block: 1, line: 9, row: 9 }, 7)).toMatchObject({ isAtTop: true, isAtEnd: true });
    expect(windowAt([], TOP, 7)).toEqual({ top: TOP, isAtTop: true, isAtEnd: true });
  });
});

describe("a quote of a tool call's JSON", () => {
  const READABLE = 'edit\npath: /a.txt\ntext:\n  say "hi"\n  done\ncount: 12';
  const at = (quote: string): string | null => {
    const place = placeInReadable(quote, READABLE);
    return place && READABLE.slice(place.start, place.end);
  };

  it("is found in the readable form of the call", () => {
    expect(at('edit {"path":"/a.txt","text":"say \\"hi\\"\\ndone')).toBe(
      READABLE.slice(0, -"\ncount: 12".length),
    );
    expect(at('\\"hi\\"\\ndone","count":12}')).toBe('hi"\n  done\ncount: 12');
    expect(at("/a.txt")).toBe("/a.txt");
  });

  it("is not, where other letters stand or hardly any", () => {
    expect(at('"path":"/b.txt"')).toBeNull();
    expect(at('":12')).toBeNull();
    expect(at("")).toBeNull();
  });
});

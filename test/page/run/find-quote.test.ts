import { expect, it } from "vitest";
import { findAll, findQuote } from "../../../src/page/run/find-quote.ts";

const texts = (text: string, quote: string): string[] =>
  findQuote(text, quote).map(({ start, end }) => text.slice(start, end));

it("finds a quote as it stands, at its first place", () => {
  expect(findQuote("one two one", "one")).toEqual([{ start: 0, end: 3 }]);
});

it("finds a quote of recorded JSON in the text that JSON holds", () => {
  expect(texts('echo "a"\nls', 'echo \\"a\\"\\nls')).toEqual(['echo "a"\nls']);
});

it("finds a recorded tool call part by part in the text that lays it out", () => {
  const shown = 'edit\npath: /tmp/a.py\ntext:\n  import os\n  print("x")\n  done';
  const quote = 'edit {"path":"/tmp/a.py","text":"import os\\nprint(\\"x\\")';
  expect(texts(shown, quote)).toEqual(["edit", "path", "/tmp/a.py", "text", "import os", 'print("x")']);
});

it("finds nothing where most of a quote is missing", () => {
  expect(findQuote("edit\npath: /tmp/b.py", 'edit {"path":"/somewhere/else/entirely.py"')).toEqual([]);
  expect(findQuote("some text", "other text")).toEqual([]);
  expect(findQuote("some text", "")).toEqual([]);
});

it("finds a searched text whatever its case, pattern signs as letters, up to a limit", () => {
  expect(findAll("A(a) (A)", "(a)", 9)).toEqual([
    { start: 1, end: 4 },
    { start: 5, end: 8 },
  ]);
  expect(findAll("aaaa", "a", 3)).toHaveLength(3);
  expect(findAll("aaaa", "  ", 3)).toEqual([]);
});

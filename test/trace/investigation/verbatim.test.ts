import { describe, expect, test } from "vitest";
import { findVerbatim } from "../../../src/trace/investigation/verbatim.ts";
import { look, steps } from "../../support/steps.ts";

const [STEP] = steps(
  look(
    'printf "a\\tb\\n" > "out file.txt"',
    [
      "\u001b[1m\u001b[31merror\u001b[0m: cannot   open",
      "    the file",
      "  100%|\u001b[K████| done",
      'she said “no” – and left "it" there',
      "a very long line that the terminal wrap",
      "ped in the middle of a word",
    ].join("\r\n"),
    { thinking: "I will write the file.\nThen I check it. One, two, three: go." },
  ),
);

const standing: { name: string; quote: string; where: string; stands: string }[] = [
  { name: "exactly", quote: "I will write the file.", where: "thinking", stands: "I will write the file." },
  {
    name: "in several fields: the action speaks",
    quote: "out file",
    where: "action",
    stands: "out file",
  },
  { name: "with space around", quote: "  100%| ", where: "observation", stands: "100%|" },
  {
    name: "but for white space and colours",
    quote: "error: cannot open the file",
    where: "observation",
    stands: "error\u001b[0m: cannot   open\r\n    the file",
  },
  {
    name: "with what is left of a colour whose first character is lost",
    quote: "[31merror[0m: cannot open",
    where: "observation",
    stands: "error\u001b[0m: cannot   open",
  },
  {
    name: "wrapped by a terminal",
    quote: "the terminal wrapped in",
    where: "observation",
    stands: "the terminal wrap\r\nped in",
  },
  {
    name: "still escaped as in JSON",
    quote: "cannot   open\\r\\n    the file\\r\\n  100%",
    where: "observation",
    stands: "cannot   open\r\n    the file\r\n  100%",
  },
  {
    name: "with quotation marks escaped once more",
    quote: '> \\"out file.txt\\"',
    where: "action",
    stands: '> "out file.txt"',
  },
  {
    name: "with characters written as their numbers",
    quote: "\\u2588\\u2588\\u2588| done",
    where: "observation",
    stands: "███| done",
  },
  {
    name: "with escapes undone that stand there",
    quote: 'printf "a\tb\n" >',
    where: "action",
    stands: 'printf "a\\tb\\n" >',
  },
  {
    name: "with plain quotes and dashes for curly ones",
    quote: 'she said "no" - and left “it” there',
    where: "observation",
    stands: 'she said “no” – and left "it" there',
  },
  { name: "in quotation marks", quote: '"Then I check it."', where: "thinking", stands: "Then I check it." },
  { name: "between ellipses", quote: "… write the file...", where: "thinking", stands: "write the file" },
  {
    name: "with a gap: the longest piece",
    quote: "I will write … check it. One, two […] go",
    where: "thinking",
    stands: "check it. One, two",
  },
];

describe("findVerbatim finds a quote", () => {
  test.each(standing)("$name", ({ quote, where, stands }) => {
    expect(STEP && findVerbatim(quote, STEP)).toEqual({ where, quote: stands });
    const field = STEP?.[where as "action"] ?? "";
    expect(field).toContain(stands);
  });

  test("of more than 400 characters, cut", () => {
    const [long] = steps(look("cat x", "word ".repeat(300)));
    expect(long && findVerbatim("word ".repeat(200), long)).toEqual({
      where: "observation",
      quote: "word ".repeat(80).trim(),
    });
  });

  test("not through half of a character", () => {
    const [long] = steps(look("cat x", `a${"😀".repeat(300)}`));
    expect(long && findVerbatim(`a${"😀".repeat(290)}`, long)?.quote).toBe(`a${"😀".repeat(199)}`);
  });
});

const falseQuotes = [
  { name: "other words", quote: "error: cannot close the file" },
  { name: "another case", quote: "i will write the file" },
  { name: "words of two fields", quote: "out file.txt error" },
  { name: "pieces in the wrong order", quote: "check it … I will write" },
  { name: "one piece that is made up", quote: "I will write … and lie" },
  { name: "two characters", quote: "go" },
  { name: "three characters of which one is a space", quote: "e f" },
  { name: "marks only", quote: ' "…" ' },
  { name: "line breaks only", quote: "\\n\\n\\n" },
  { name: "nothing", quote: "" },
];

describe("findVerbatim finds nothing", () => {
  test.each(falseQuotes)("$name", ({ quote }) => {
    expect(STEP && findVerbatim(quote, STEP)).toBeNull();
  });

  test("in what is not recorded", () => {
    const [silent] = steps(look("ls -la", null));
    expect(silent && findVerbatim("null", silent)).toBeNull();
  });
});

const hostile = [
  { name: "spaces", text: " ".repeat(3_000_000) },
  { name: "backslashes", text: "\\".repeat(3_000_000) },
  { name: "unclosed titles", text: "\u001b]0;".repeat(700_000) },
  { name: "open brackets", text: "[1;1".repeat(700_000) },
  { name: "half matches", text: "aaaaaaaa ".repeat(300_000) },
];

test.each(hostile)(
  "megabytes of $name are read in linear time",
  ({ text }) => {
    const [huge] = steps(look("cat x", `${text}\n  the   end`));
    expect(huge && findVerbatim("the end", huge)?.quote).toBe("the   end");
    expect(huge && findVerbatim(`${"aaaaaaaa ".repeat(200)}b`, huge)).toBeNull();
    expect(huge && findVerbatim(`b${"aaaaaaaa ".repeat(200)}`, huge)).toBeNull();
    expect(huge && findVerbatim(' " '.repeat(100_000), huge)).toBeNull();
  },
  60_000,
);

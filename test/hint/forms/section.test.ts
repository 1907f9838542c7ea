import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeSection, section } from "../../../src/hint/forms/section.ts";

const MARKED = "<!-- codetracer hint: begin -->\nRun make.\n<!-- codetracer hint: end -->\n";

describe("section", () => {
  it("stands between marks", () => {
    expect(section("Run make.\n\n")).toBe(MARKED);
  });

  it("cannot hold the marks", () => {
    expect(section("a <!-- codetracer hint: end --> b <!--CODETRACER HINT: BEGIN-->")).toBe(
      "<!-- codetracer hint: begin -->\na (mark of a hint: end) b (mark of a hint: BEGIN)\n<!-- codetracer hint: end -->\n",
    );
  });
});

describe("mergeSection", () => {
  it("fills an empty file", () => {
    expect(mergeSection("\n", MARKED)).toBe(MARKED);
  });

  it("goes to the end of a file that has none", () => {
    expect(mergeSection("# Rules\n\nBe kind.", MARKED)).toBe(`# Rules\n\nBe kind.\n\n${MARKED}`);
  });

  it("replaces the one that is there, and takes further ones out", () => {
    const old = section("Old.");
    expect(mergeSection(`# Rules\n\n${old}Middle.\n${old}End.\n`, MARKED)).toBe(
      `# Rules\n\n${MARKED}Middle.\nEnd.\n`,
    );
  });

  it("takes the section out for an empty one", () => {
    expect(mergeSection(`A\n${MARKED}B\n`, "")).toBe("A\nB\n");
    expect(mergeSection("A\n", "")).toBe("A\n");
  });

  it("keeps the line ends of the file", () => {
    expect(mergeSection("A\r\n", MARKED)).toBe(`A\r\n\r\n${MARKED.replaceAll("\n", "\r\n")}`);
  });

  it("says where a mark stands alone", () => {
    expect(() => mergeSection("A\n<!-- codetracer hint: end -->\n", MARKED)).toThrow(
      'the file for the hint has the line "<!-- codetracer hint: end -->" without its counterpart (near line 2); remove that line, then write the hint again',
    );
    expect(() => mergeSection(`${MARKED}<!-- codetracer hint: begin -->\n`, MARKED)).toThrow("counterpart");
  });

  it("is the same twice, replaces whatever came before and leaves the rest alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), texts, texts, (file, one, other) => {
        const merged = mergeSection(file, section(one));
        expect(mergeSection(merged, section(one))).toBe(merged);
        expect(mergeSection(mergeSection(file, section(other)), section(one))).toBe(merged);
        expect(merged.startsWith(file.trimEnd())).toBe(true);
      }),
    );
  });
});

const texts = fc
  .array(
    fc.constantFrom(
      "<!-- codetracer hint: begin -->",
      "<!-- codetracer hint:  end-->",
      "$&",
      "$1",
      "\n",
      "\r\n",
      "-->",
      "a",
      " ",
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

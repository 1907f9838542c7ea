import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseRubric } from "../../../src/fleet/judge/parse-rubric.ts";
import { builtInRubrics, readRubrics } from "../../../src/fleet/judge/read-rubrics.ts";
import { CodeTracerError } from "../../../src/util/errors.ts";
import { tempRun } from "../../support/temp-run.ts";

const WHOLE = `# Asks for help

## Criterion
It asks the user.

### What counts
A question mark.

## counter-criterion
It asks itself.
## Insufficient evidence
No prose.
## Examples
\`\`\`
# not a heading
\`\`\`
`;

const without = (heading: string): string => WHOLE.replace(new RegExp(`## ${heading}\\n[^\\n]*\\n`, "i"), "");
const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof CodeTracerError) return `${error.code} ${error.message}`;
    throw error;
  }
  return "no error";
};

describe("parseRubric", () => {
  it("takes the sections, headings of lower levels and code in their texts", () => {
    expect(parseRubric(WHOLE, "asks-for-help", "asks-for-help.md")).toEqual({
      id: "asks-for-help",
      title: "Asks for help",
      criterion: "It asks the user.\n\n### What counts\nA question mark.",
      counter_criterion: "It asks itself.",
      insufficient_evidence: "No prose.",
      examples: "```\n# not a heading\n```",
    });
    expect(parseRubric(WHOLE.replaceAll("\n", "\r\n"), "asks-for-help", "x")).toEqual(
      parseRubric(WHOLE, "asks-for-help", "x"),
    );
  });

  it.each([
    ["", "r.md:1: the title is missing"],
    ["hello\n# T\n", "r.md:1: there is text before the title"],
    ["## Criterion\nx\n", "r.md:1: the title is missing before this heading"],
    [`# ${"t".repeat(101)}\n`, "r.md:1: the title has more than 100 characters"],
    ["# T\n\nstray\n", "r.md:3: there is text under the title"],
    [`${WHOLE}# Second\n`, "r.md:17: there is a second title"],
    [`${WHOLE}## Scoring\nx\n`, "r.md:17: this heading is not one of a rubric"],
    [`${WHOLE}## Examples\nx\n`, "r.md:17: ## Examples stands there twice"],
    [without("counter-criterion"), "r.md:14: ## Counter-criterion is missing"],
    [without("Insufficient evidence"), "r.md:14: ## Insufficient evidence is missing"],
    [WHOLE.replace("It asks itself.\n", "\n"), "r.md:9: ## Counter-criterion has no text"],
    [`# T\n${"x".repeat(12_001)}`, "r.md:1: the rubric has 12005 characters, 12000 are the limit"],
  ])("refuses %#, with the line and what is expected", (text, expected) => {
    expect(messageOf(() => parseRubric(text, "r", "r.md"))).toBe(
      `bad_argument ${expected}${expected.includes("text under") ? "; it belongs to a section" : ""}${
        expected.includes("second title") ? "; one file holds one rubric" : ""
      }; a rubric has the headings # <title>, ## Criterion, ## Counter-criterion, ## Insufficient evidence, ## Examples`,
    );
  });
});

describe("readRubrics", () => {
  it("reads every built-in behaviour", () => {
    const rubrics = builtInRubrics();
    expect(rubrics.map(({ id }) => id)).toContain("retry-loop");
    for (const rubric of rubrics) expect(Object.values(rubric)).not.toContain("");
  });

  it("takes the id from the file's name, and refuses names that clash or are none", () => {
    const folder = tempRun({
      "asks-for-help.md": WHOLE,
      "b/asks-for-help.md": WHOLE,
      "retry-loop.md": WHOLE,
      "My Rubric.md": WHOLE,
      "rubric.txt": WHOLE,
    });
    expect(readRubrics(["asks-for-help.md"], folder).map(({ id }) => id)).toEqual(["asks-for-help"]);
    const refused = (...files: string[]): string => messageOf(() => readRubrics(files, folder));
    expect(refused("asks-for-help.md", "b/asks-for-help.md")).toMatch(
      /^bad_argument b\/asks-for-help\.md: asks-for-help\.md has the same name/,
    );
    expect(refused("retry-loop.md")).toMatch(/^bad_argument .* built-in behaviour retry-loop/);
    expect(refused("My Rubric.md")).toMatch(
      /^bad_argument My Rubric\.md: the name of a rubric's file is its id/,
    );
    expect(refused("rubric.txt")).toMatch(/^bad_argument rubric\.txt: the name/);
    expect(refused(path.join("gone", "x.md"))).toMatch(/^unreadable gone\/x\.md: the rubric cannot be read/);
  });
});

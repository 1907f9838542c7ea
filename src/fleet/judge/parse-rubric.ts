import { CodeTracerError } from "../../util/errors.ts";
import { visibleText } from "../../util/visible-text.ts";
import { RUBRIC_SECTIONS, type Rubric } from "./rubric.ts";

const TITLE_CHARS = 100;
/** Longer ones leave no room for the run. */
const RUBRIC_CHARS = 12_000;
const HEADING = /^(#{1,6})\s+(\S.*?)\s*#*\s*$/;
const CODE_FENCE = /^\s*(?:```|~~~)/;
const EXPECTED = `# <title>, ${RUBRIC_SECTIONS.map((heading) => `## ${heading}`).join(", ")}`;

type Section = (typeof RUBRIC_SECTIONS)[number];

/** A heading of the file with the text below it. */
interface Part {
  level: number;
  name: string;
  line: number;
  lines: string[];
}

/**
 * Reads a rubric: one title and each section once, in whatever order; headings of lower levels belong to the text. `file` is its name for messages.
 * Throws CodeTracerError `bad_argument` with the line.
 */
export function parseRubric(text: string, id: string, file: string): Rubric {
  const wrong: Wrong = (line, what) =>
    new CodeTracerError("bad_argument", `${file}:${line}: ${what}; a rubric has the headings ${EXPECTED}`, {
      path: file,
      line,
    });
  if (text.length > RUBRIC_CHARS)
    throw wrong(1, `the rubric has ${text.length} characters, ${RUBRIC_CHARS} are the limit`);
  const { before, parts } = partsOf(text);
  if (before !== null) throw wrong(before, "there is text before the title");
  const [title, ...others] = parts;
  if (title === undefined) throw wrong(1, "the title is missing");
  requireTitle(title, wrong);
  const sections = sectionsOf(others, wrong);
  const textOf = (name: Section): string => {
    const body = sections.get(name);
    if (body === undefined) throw wrong(lineCount(text), `## ${name} is missing`);
    return body;
  };
  return {
    id,
    title: title.name,
    criterion: textOf("Criterion"),
    counter_criterion: textOf("Counter-criterion"),
    insufficient_evidence: textOf("Insufficient evidence"),
    examples: textOf("Examples"),
  };
}

/** The error for what stands at a line. */
type Wrong = (line: number, what: string) => CodeTracerError;

function requireTitle({ level, name, line, lines }: Part, wrong: Wrong): void {
  if (level !== 1) throw wrong(line, "the title is missing before this heading");
  if (name.length > TITLE_CHARS) throw wrong(line, `the title has more than ${TITLE_CHARS} characters`);
  const stray = lines.findIndex((one) => one.trim() !== "");
  if (stray >= 0) throw wrong(line + 1 + stray, "there is text under the title; it belongs to a section");
}

function sectionsOf(parts: readonly Part[], wrong: Wrong): Map<Section, string> {
  const found = new Map<Section, string>();
  for (const { level, name, line, lines } of parts) {
    const section = RUBRIC_SECTIONS.find((heading) => name.toLowerCase() === heading.toLowerCase());
    if (level === 1) throw wrong(line, "there is a second title; one file holds one rubric");
    if (section === undefined) throw wrong(line, "this heading is not one of a rubric");
    if (found.has(section)) throw wrong(line, `## ${section} stands there twice`);
    const body = lines.join("\n").trim();
    if (body === "") throw wrong(line, `## ${section} has no text`);
    found.set(section, body);
  }
  return found;
}

/** `before` is the line of text before the first heading; null = there is none. */
function partsOf(text: string): { before: number | null; parts: Part[] } {
  const parts: Part[] = [];
  let before: number | null = null;
  let isCode = false;
  for (const [index, line] of visibleText(text.replace(/\r\n?/g, "\n")).split("\n").entries()) {
    if (CODE_FENCE.test(line)) isCode = !isCode;
    const [, marks = "", name = ""] = isCode ? [] : (HEADING.exec(line) ?? []);
    const last = parts.at(-1);
    if (marks !== "" && marks.length <= 2)
      parts.push({ level: marks.length, name, line: index + 1, lines: [] });
    else if (last) last.lines.push(line);
    else if (line.trim() !== "") before ??= index + 1;
  }
  return { before, parts };
}

function lineCount(text: string): number {
  return text.trimEnd().split("\n").length;
}

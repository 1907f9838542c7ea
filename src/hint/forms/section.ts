import { CodeTracerError } from "../../util/errors.ts";
import { hintText } from "./hint-text.ts";

const BEGIN = "<!-- codetracer hint: begin -->";
const END = "<!-- codetracer hint: end -->";
/** Whatever could be taken for one of the marks. */
const MARK_LIKE = /<!--\s*codetracer hint:\s*(begin|end)\s*-->/gi;
const SECTION = new RegExp(`${BEGIN}[\\s\\S]*?${END}[ \\t]*(?:\\r?\\n)?`, "g");

/** A text between marks by which a later one finds and replaces it. The text cannot hold the marks. Ends with a line break. */
export function section(text: string): string {
  const body = hintText(text).replace(MARK_LIKE, "(mark of a hint: $1)").trimEnd();
  return `${BEGIN}\n${body}\n${END}\n`;
}

/**
 * A file's text with the section in the place of the one it has, or at its end where it has none; the same section twice changes nothing. Further
 * sections go; an empty `marked` takes the section out. Line ends stay as the file has them. Throws CodeTracerError `bad_argument` where one mark stands
 * without the other.
 */
export function mergeSection(existing: string, marked: string): string {
  const eol = /\r\n/.test(existing) ? "\r\n" : "\n";
  const wanted = marked.replace(/\r?\n/g, eol);
  requirePairs(existing);
  let isPlaced = false;
  const merged = existing.replace(SECTION, () => {
    if (isPlaced) return "";
    isPlaced = true;
    return wanted;
  });
  if (isPlaced || wanted === "") return merged;
  return existing.trim() === "" ? wanted : `${existing.trimEnd()}${eol}${eol}${wanted}`;
}

function requirePairs(existing: string): void {
  const rest = existing.replace(SECTION, "");
  const mark = [BEGIN, END].find((one) => rest.includes(one));
  if (mark === undefined) return;
  const line = existing.slice(0, existing.indexOf(mark)).split("\n").length;
  throw new CodeTracerError(
    "bad_argument",
    `the file for the hint has the line "${mark}" without its counterpart (near line ${line}); remove that line, then write the hint again`,
    { line },
  );
}

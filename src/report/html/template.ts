import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { CodeTracerError } from "../../util/errors.ts";

/** The pages that scripts/build-page.mjs builds. */
export type PageName = "run" | "fleet";

/** Where a template lies: beside the built code, or in the build of the sources that run. */
const PLACES = ["../../../page/", "../../../dist/page/"];
const MARKS = /<!--codetracer:(title|data)-->/g;
/** What could end the data's element, open a comment in it, or end a line of a script. */
const UNSAFE_IN_SCRIPT = /[<>&\u2028\u2029]/g;
const UNSAFE_IN_MARKUP = /[<>&"']/g;

/**
 * One self-contained page: the built template with a title and data in it. The page's script finds the data as the JSON of
 * `<script id="data">`. Throws CodeTracerError `too_large` where the data is more than a string can hold.
 */
export function pageOf(name: PageName, title: string, data: unknown): string {
  const filled = { title: markup(title), data: scriptJson(data) };
  // One pass and a function: nothing in the data is taken for a mark or a pattern.
  return template(name).replace(MARKS, (_, mark: "title" | "data") => filled[mark]);
}

/** JSON that may stand in a `<script>`: it parses to the same value. */
function scriptJson(value: unknown): string {
  try {
    return JSON.stringify(value).replace(UNSAFE_IN_SCRIPT, codePoint);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CodeTracerError("too_large", "the page would hold more than half a gigabyte of text");
  }
}

function codePoint(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function markup(text: string): string {
  return text.replace(UNSAFE_IN_MARKUP, (character) => `&#${character.charCodeAt(0)};`);
}

function template(name: PageName): string {
  for (const place of PLACES) {
    const file = fileURLToPath(new URL(`${place}${name}.html`, import.meta.url));
    if (fs.existsSync(file)) return fs.readFileSync(file, "utf8");
  }
  throw new Error(`dist/page/${name}.html is not there: npm run build makes it`);
}

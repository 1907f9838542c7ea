import { visibleText } from "../../../util/visible-text.ts";

const MAX_CHARS = 160;

/** What differs between failures of one kind, in the order of being taken out. */
const SPECIFICS: readonly (readonly [pattern: RegExp, stands: string])[] = [
  [/\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s'"<>)\]]+/gi, "URL"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "#"],
  [/\b0x[0-9a-f]+\b/gi, "#"],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b/gi, "#"],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, "#"],
  [/(?<![\w/<])(?:~|\.{1,2})?(?:\/[\w@%+=.,~-]+)+\/?/g, "PATH"],
  [/\b[A-Za-z]:\\[^\s'"]+/g, "PATH"],
  [/(?<![\w/])(?:[\w@+=.-]+\/){1,}[\w@+=.-]+\.\w{1,8}\b/g, "PATH"],
  [
    /\b[\w-]+\.(?:py|js|ts|tsx|jsx|c|cc|cpp|h|hpp|rs|go|java|rb|sh|json|ya?ml|toml|txt|csv|md|html|log|so(?:\.\d+)*|cfg|ini|ipynb|lock|xml|sql|tex|vim|v|ml|pl|R)\b/g,
    "FILE",
  ],
  [/\b\d+(?:[.,:]\d+)*\b/g, "#"],
  [/(?:#[\s,;:.x*+-]*){2,}/g, "# "],
];

/** One line without what is special to one run: control sequences, addresses, paths, file names, hashes and numbers. At most 160 characters. */
export function normalLine(line: string): string {
  let text = visibleText(line.slice(0, 4 * MAX_CHARS));
  for (const [pattern, stands] of SPECIFICS) text = text.replace(pattern, stands);
  text = text.replace(/\s+/g, " ").trim();
  return text.length <= MAX_CHARS ? text : `${text.slice(0, MAX_CHARS - 1).toWellFormed()}…`;
}

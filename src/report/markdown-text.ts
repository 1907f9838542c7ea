import { printable } from "./printable.ts";

/** What Markdown, its tables, formulas and links could take for markup. */
const MARKUP = /[\\`*_[\]<>|~&$#]|:(?=\/\/)|@(?=\w)/g;

/** A text of a run as one line of Markdown that cannot become markup, a link or a mention. */
export function markdownText(text: string): string {
  return printable(text).replace(MARKUP, (character) =>
    character === ":" || character === "@" ? `${character}\u2060` : `\\${character}`,
  );
}

/** A text of a run as inline code, on one line, whatever backticks it holds. */
export function markdownCode(text: string): string {
  const line = printable(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

import { createHash } from "node:crypto";
import { visibleText } from "../../util/visible-text.ts";

const BASE64_COLUMNS = 96;

/** A text as one word of a shell, in single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Lines of a script that put exactly this text into the file `name` of its folder for texts. A shell never interprets it: it stands in a quoted
 * here-document where all of it can be seen, else as base64.
 */
export function putLines(name: string, text: string): string[] {
  const bytes = Buffer.byteLength(text);
  if (text !== visibleText(text) || text.includes("\r")) return base64Lines(name, text);
  const end = delimiterFor(text);
  return [`put ${name} ${bytes} <<'${end}'`, text.endsWith("\n") ? text.slice(0, -1) : text, end];
}

function base64Lines(name: string, text: string): string[] {
  const code = Buffer.from(text).toString("base64");
  const lines = code.match(new RegExp(`.{1,${BASE64_COLUMNS}}`, "g")) ?? [];
  return [`put_base64 ${name} <<'END'`, ...lines, "END"];
}

/** A line that does not stand in the text. */
function delimiterFor(text: string): string {
  for (let round = 0; ; round++) {
    const mark = `END_${createHash("sha256").update(`${round}\n${text}`).digest("hex").slice(0, 8)}`;
    if (!text.includes(mark)) return mark;
  }
}

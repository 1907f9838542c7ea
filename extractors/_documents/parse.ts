import { skipValue } from "../../src/extract/toolkit/index.ts";

/** The value of a JSON text; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The value of a JSON text that may break off, without what is not whole at its end; undefined where it is no JSON.
 * For looking at the head of a file.
 */
export function parseHead(text: string): unknown {
  const whole = parseJson(text);
  if (whole !== undefined) return whole;
  const token = /["{}[\],]/g;
  const closers: string[] = [];
  let end = 0;
  let open = "";
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const char = match[0];
    if (char === '"') {
      token.lastIndex = skipValue(text, match.index);
      if (token.lastIndex >= text.length) break;
      continue;
    }
    if (char === "{" || char === "[") closers.push(char === "{" ? "}" : "]");
    else if (char !== "," && closers.pop() !== char) return undefined;
    if (closers.length === 0) break;
    end = char === "," ? match.index : match.index + 1;
    open = closers.join("");
  }
  return end === 0 ? undefined : parseJson(text.slice(0, end) + [...open].reverse().join(""));
}

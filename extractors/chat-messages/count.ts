import { skipValue } from "../../src/extract/toolkit/index.ts";
import { keyValues } from "../_documents/count-keys.ts";

/**
 * Counts tool calls in raw JSON text without parsing it: the elements of `tool_calls`, else blocks and items of a
 * call's type. null where there are none, as commands in running text have no marker; where a file has both kinds, or
 * `tool_calls` at several depths, which may name the same calls; and where the text breaks off.
 */
export function countCalls(text: string): number | null {
  const lists = keyValues(text, "tool_calls");
  if (lists === null || lists.size > 1) return null;
  const listed = [...lists.values()].flat().reduce((sum, at) => sum + countElements(text, at), 0);
  const typed = count(text, /"type"\s*:\s*"(?:(?:server_|mcp_)?tool_use|(?:\w+_)?call)"/g);
  const legacy = count(text, /"function_call"\s*:\s*\{/g);
  const kinds = [typed, listed, legacy].filter((found) => found > 0);
  return kinds.length === 1 ? (kinds[0] ?? null) : null;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function countElements(text: string, start: number): number {
  let elements = 0;
  let at = start + 1;
  if (text[start] !== "[") return 0;
  for (;;) {
    while (/[\s,]/.test(text[at] ?? "]")) at++;
    if (text[at] !== "{") return elements;
    at = skipValue(text, at);
    elements++;
  }
}

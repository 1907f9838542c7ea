import type { RunFiles } from "../../src/extract/toolkit/index.ts";
import { sourceOf } from "./source.ts";
import { XML_TOOL_PATTERN } from "./tools.ts";

const ROLE = /"role"\s*:\s*"(user|assistant)"/g;
const NATIVE = /"type"\s*:\s*"tool_use"\s*,\s*(?:"id"\s*:\s*"([^"]*)")?/g;
const XML = new RegExp(`<(${XML_TOOL_PATTERN})>(?=[\\s\\S]*</\\1>)`);
/** What of a call is compared. */
const INPUT_CHARS = 60;
const THINKING = /<thinking>[\s\S]*?<\/thinking>/g;

/**
 * Counts calls in the raw text between one role and the next: distinct ids of native calls, else one for a reply
 * that holds a whole XML call. null for the side panel, where entries are repeated while they grow.
 */
export function countActions(run: RunFiles): number | null {
  const source = sourceOf(run);
  if (source?.form !== "history" || run.isLfsPointer(source.path)) return null;
  const text = run.text(source.path);
  const roles = [...text.matchAll(ROLE)];
  const ids = new Set<string>();
  let unnamed = 0;
  for (const [index, role] of roles.entries()) {
    if (role[1] !== "assistant") continue;
    const reply = text.slice(role.index, roles[index + 1]?.index);
    if (/"isSummary"\s*:\s*true/.test(reply)) continue;
    const native = [...reply.matchAll(NATIVE)];
    for (const [at, match] of native.entries()) ids.add(match[1] ? sameCall(reply, match) : `${index}:${at}`);
    if (native.length === 0 && XML.test(reply.replace(THINKING, ""))) unnamed++;
  }
  return ids.size + unnamed;
}

/** A call that stands there twice has the same id and the same input; ids alone are used again at times. */
function sameCall(reply: string, match: RegExpMatchArray): string {
  const start = match.index ?? 0;
  return reply.slice(start, start + match[0].length + INPUT_CHARS);
}

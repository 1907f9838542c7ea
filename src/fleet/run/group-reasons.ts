import type { Unreadable } from "../facts/index.ts";

/** Runs that failed for the same reason. */
export interface Reasons {
  count: number;
  code: string;
  /** The first line of the first one's message. */
  example: string;
}

/** Groups failures by their code and what their messages have in common once paths and numbers are taken away. Most frequent first. */
export function groupReasons(failed: readonly Unreadable[]): Reasons[] {
  const groups = new Map<string, Reasons>();
  for (const { run, code, message } of failed) {
    const example = message.split("\n")[0] ?? "";
    const key = `${code} ${example
      .replaceAll(run, "*")
      .replace(/\S*\/\S*/g, "*")
      .replace(/\d+/g, "0")}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { count: 1, code, example });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || (a.example < b.example ? -1 : 1));
}

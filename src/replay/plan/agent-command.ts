import { parseShell } from "../../index-run/index.ts";
import type { JsonRecord } from "../../util/narrow.ts";

/** Commands that only exist in an agent's own shell and edit files there. */
const AGENT_COMMANDS = new Set([
  "str_replace_editor",
  "apply_patch",
  "applypatch",
  "create",
  "edit",
  "insert",
  "append",
  "undo_edit",
]);

/** A call of an agent's own command within a shell text: as the call of a tool where it stands alone. */
export type AgentCommand = { tool: string; arguments: JsonRecord; directory: string } | { reason: string };

/** What a shell text calls of an agent's own commands; null = nothing. */
export function agentCommand(text: string, directory: string): AgentCommand | null {
  const { commands } = parseShell(text, directory);
  const own = commands.find(({ path }) => AGENT_COMMANDS.has(path));
  if (own === undefined) return null;
  const others = commands.filter((command) => command !== own && command.program !== "cd");
  const reason = `it calls ${own.program}, which only the agent's own shell has`;
  if (own.program === "apply_patch" || own.program === "applypatch") {
    const input = own.body ?? own.args[0];
    if (others.length > 0 || input === undefined) return { reason };
    return { tool: "apply_patch", arguments: { input }, directory: own.directory };
  }
  if (own.program !== "str_replace_editor" || others.length > 0) return { reason };
  return { tool: own.program, arguments: optionsOf(own.args), directory: own.directory };
}

/** `str_replace /a.py --old_str x --new_str y` as the arguments of a call. */
function optionsOf(words: readonly string[]): JsonRecord {
  const args: JsonRecord = { command: words[0], path: words[1] };
  for (let at = 2; at < words.length; at++) {
    const name = /^--([a-z_]+)$/.exec(words[at] ?? "")?.[1];
    if (name === undefined) continue;
    at++;
    args[name] = name === "insert_line" ? Number(words[at]) : words[at];
  }
  return args;
}

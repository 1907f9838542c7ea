import { createHash } from "node:crypto";
import { prompt } from "../util/prompt.ts";
import type { ChatMessage } from "./model.ts";

/**
 * A chat as one text, for a command that takes a prompt: each message under `=== <role> <mark> ===`, the system message first, and as the last
 * line what to do. The mark comes from how the chat begins, so that it stays the same all through it, and no message can hold a heading of
 * its own.
 */
export function execPrompt(messages: readonly ChatMessage[]): string {
  const mark = markOf(messages);
  const parts = messages.map(({ role, text }) => `=== ${role} ${mark} ===\n${text.trimEnd()}\n`);
  return `${parts.join("\n")}\n=== end ${mark} ===\n${prompt("model/exec-last").trim()}\n`;
}

function markOf(messages: readonly ChatMessage[]): string {
  const begin = messages.slice(0, 2).map(({ role, text }) => [role, text]);
  return createHash("sha256").update(JSON.stringify(begin)).digest("hex").slice(0, 8);
}

// The same investigators as a command for `exec:`: reads the chat on stdin as CodeTracer renders it, prints the next message.
import { text } from "node:stream/consumers";
import direct from "./direct.mjs";
import everyStage from "./every-stage.mjs";

const messages = messagesIn(await text(process.stdin));
const isInShell = messages.some(({ role, text }) => role === "system" && /in a shell/.test(text));
process.stdout.write((isInShell ? everyStage : direct)(messages));

/** Each message stands under `=== <role> <mark> ===`; the last heading, of the same mark, ends the chat. */
function messagesIn(chat) {
  const mark = [...chat.matchAll(/^=== end ([0-9a-f]+) ===$/gm)].at(-1)?.[1] ?? "";
  const parts = chat.split(new RegExp(`^=== (system|user|assistant|end) ${mark} ===\n`, "m"));
  const messages = [];
  for (let at = 1; at + 1 < parts.length; at += 2) {
    if (parts[at] !== "end") messages.push({ role: parts[at], text: parts[at + 1].trimEnd() });
  }
  return messages;
}

import type { Entry } from "./entries.ts";
import type { RawLine } from "./session-lines.ts";

/** One reply of the model and what Aider printed after it. */
export interface Turn {
  /** What the user typed before it, if anything was typed since the turn before. */
  prompt: string | null;
  reply: readonly RawLine[];
  messages: readonly Entry[];
}

/** What a session holds, in order. */
export interface Session {
  turns: readonly Turn[];
  prompts: readonly string[];
  /** Messages of Aider before the first reply: its version, its models, its settings. */
  opening: readonly Entry[];
  /** The last message of Aider. */
  last: Entry | null;
}

/** A question of Aider that it answers itself ("all", "skip") stands as if the user had typed it. */
const OWN_QUESTION = /\? \(Y\)es\/\(N\)o.*\]: \w+$/;
/** Commands that put a question to the model; all others are Aider's own. */
const ASKING = /^\/(?:ask|code|architect|help|context|chat-mode|ok|edit|paste|web|editor|edit)\s+/;

/** Groups the lines of a run: a reply and the messages behind it are one turn. */
export function sessionOf(entries: readonly Entry[]): Session {
  const turns: { prompt: string | null; reply: RawLine[]; messages: Entry[] }[] = [];
  const prompts: string[] = [];
  const opening: Entry[] = [];
  let prompt: string | null = null;
  let isReplying = false;
  for (const group of grouped(entries)) {
    const text = group.lines.map((entry) => entry.text).join("\n");
    if (group.writer === "model") {
      if (text.trim() === "") continue;
      const reply = group.lines.map((entry) => ({ text: entry.text, line: entry.line_start }));
      turns.push({ prompt, reply, messages: [] });
      prompt = null;
      isReplying = true;
    } else if (group.writer === "aider")
      (isReplying ? turns.at(-1)?.messages : opening)?.push(...group.lines);
    else if (group.writer === "session") isReplying = false;
    else if (!OWN_QUESTION.test(text)) {
      isReplying = false;
      prompt = text;
      if (isPrompt(text)) prompts.push(text);
    }
  }
  return {
    turns,
    prompts,
    opening,
    last: entries.findLast((entry) => entry.writer === "aider" && entry.text !== "") ?? null,
  };
}

function isPrompt(text: string): boolean {
  return (
    text.trim() !== "" &&
    text !== "<blank>" &&
    (!/^[/!]/.test(text) || ASKING.test(text) || /^\/\//.test(text))
  );
}

/** Neighbouring lines of one writer; blank lines of the model between marked lines belong to nobody. */
function grouped(entries: readonly Entry[]): { writer: Entry["writer"]; lines: Entry[] }[] {
  const groups: { writer: Entry["writer"]; lines: Entry[] }[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last?.writer === entry.writer && entry.writer !== "session") last.lines.push(entry);
    else groups.push({ writer: entry.writer, lines: [entry] });
  }
  return groups;
}

import type { RunFiles } from "../../src/extract/toolkit/index.ts";

/** The file beside the chat history in which the input line keeps what was typed, and when. */
export function inputHistoryOf(run: RunFiles, chatHistory: string): string | null {
  const path = chatHistory.replace(/chat\.history\.md$/, "input.history");
  return path !== chatHistory && run.has(path) ? path : null;
}

interface Typed {
  at: string;
  text: string;
}

/** When each prompt was typed, in local time as recorded; prompts are asked for in their order from `from` on. */
export function typedTimes(
  run: RunFiles,
  path: string | null,
  from: string | null,
): (prompt: string) => string | undefined {
  if (path === null) return () => undefined;
  const typed = readTyped(run, path).filter(({ at }) => from === null || at >= from);
  let next = 0;
  return (prompt) => {
    const found = typed.findIndex(({ text }, index) => index >= next && squash(text) === squash(prompt));
    if (found < 0) return undefined;
    next = found + 1;
    return typed[found]?.at;
  };
}

function readTyped(run: RunFiles, path: string): Typed[] {
  const typed: Typed[] = [];
  for (const { text } of run.lines(path)) {
    const [, day, time] = /^# (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/.exec(text) ?? [];
    const last = typed.at(-1);
    if (day !== undefined) typed.push({ at: `${day}T${time}`, text: "" });
    else if (text.startsWith("+") && last) last.text += `${text.slice(1)}\n`;
  }
  return typed;
}

function squash(text: string): string {
  return text.replace(/\s+/g, "");
}

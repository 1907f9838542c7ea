import { pathToFileURL } from "node:url";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { asCount, asRecord } from "../util/narrow.ts";
import type { ChatMessage } from "./model.ts";

/** A script that is a program: its reply as `readReply` takes it; null or undefined = it has none. It may be async and may throw. */
export interface ScriptProgram {
  reply(messages: readonly ChatMessage[]): unknown;
  /** What it exports as `context_tokens`; null = nothing. */
  context_tokens: number | null;
}

/**
 * Loads a script that is a program, the user's own: an ES module whose default export is `(messages) => reply`, with messages as
 * `{role, text}` and a reply as in a script of JSON. It should look at nothing but the messages, so that a run can be repeated and resumed. Throws
 * CodeTracerError `unreadable` or `bad_argument`.
 */
export async function loadScriptProgram(file: string): Promise<ScriptProgram> {
  let module: Record<string, unknown> | undefined;
  try {
    module = asRecord(await import(pathToFileURL(file).href));
  } catch (cause) {
    const what = `the script ${file} cannot be loaded: ${messageOf(cause)}`;
    throw new CodeTracerError("unreadable", what, { path: file, cause });
  }
  const reply = module?.default;
  if (typeof reply !== "function") {
    const what = `the script ${file} must export a function of the messages as its default`;
    throw new CodeTracerError("bad_argument", what, { path: file });
  }
  return {
    reply: (messages) => reply(messages) as unknown,
    context_tokens: asCount(module?.context_tokens) ?? null,
  };
}

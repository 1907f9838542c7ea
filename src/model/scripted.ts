import path from "node:path";
import { asRecord, asString } from "../util/narrow.ts";
import type { ChatModel, ChatReply, ChatRequest } from "./model.ts";
import { ModelError, type ModelFailure } from "./model-error.ts";
import { absolutePath } from "./paths.ts";
import { loadScript } from "./script.ts";
import { loadScriptProgram, type ScriptProgram } from "./script-program.ts";
import { readReply } from "./scripted-reply.ts";

const PROGRAMS = [".mjs", ".js"];

const FAILURES: Readonly<Record<ModelFailure, true>> = {
  missing_key: true,
  rejected_key: true,
  unknown_model: true,
  context_overflow: true,
  bad_request: true,
  rate_limited: true,
  timeout: true,
  connection: true,
  server: true,
  malformed_reply: true,
  command_failed: true,
  not_recorded: true,
  aborted: true,
};

/**
 * A model that says what a file tells it to: for tests, demonstrations and measurements without a provider. `.mjs` and `.js` are programs
 * (`loadScriptProgram`), everything else lists (`loadScript`). A chat for which it has no reply is a ModelError `not_recorded`.
 */
export async function createScriptedModel(file: string, { cwd }: { cwd: string }): Promise<ChatModel> {
  const place = absolutePath(file, cwd);
  const isProgram = PROGRAMS.includes(path.extname(place));
  const program = isProgram ? await loadScriptProgram(place) : programOf(place);
  return {
    spec: `scripted:${file}`,
    context_tokens: program.context_tokens,
    complete: (request) => replyTo(request, program, file),
  };
}

function programOf(file: string): ScriptProgram {
  const script = loadScript(file);
  return { reply: script, context_tokens: null };
}

async function replyTo(
  { messages, signal }: ChatRequest,
  program: ScriptProgram,
  file: string,
): Promise<ChatReply> {
  throwIfAborted(signal);
  let said: unknown;
  try {
    said = await program.reply(messages);
  } catch (error) {
    throw failureOf(error, file);
  }
  throwIfAborted(signal);
  if (said === null || said === undefined) {
    const replies = messages.filter(({ role }) => role === "assistant").length;
    throw new ModelError(
      "not_recorded",
      `the script ${file} has no reply for this chat (${replies} before it); add one`,
    );
  }
  const reply = readReply(said);
  if (reply !== null) return reply;
  throw new ModelError("malformed_reply", `the script ${file} must return a text or an object with text`);
}

/** An error with the `failure` of a ModelError stands for that failure. */
function failureOf(error: unknown, file: string): ModelError {
  const named = asString(asRecord(error)?.failure) ?? "";
  const failure = isFailure(named) ? named : "command_failed";
  const name = error instanceof Error ? error.name : "something";
  return new ModelError(
    failure,
    `the script ${file} threw ${name} (${failure}); call it by hand to see why`,
    {
      cause: error,
    },
  );
}

function isFailure(name: string): name is ModelFailure {
  return Object.hasOwn(FAILURES, name);
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new ModelError("aborted", "the call to the scripted model was interrupted");
}

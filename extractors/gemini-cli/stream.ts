import {
  asRecord,
  asString,
  at,
  type JsonRecord,
  type Ref,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";
import type { Conversation } from "./conversation.ts";

/**
 * Reads the events of `gemini --output-format stream-json`, one a line; warnings of the program may stand between
 * them as plain text. The model's prose comes in pieces.
 *
 * Source: packages/core/src/output/types.ts of https://github.com/google-gemini/gemini-cli
 */
export function readStream(run: RunFiles, path: string, conversation: Conversation): void {
  let prose = "";
  let wasResult = true;
  const endProse = (): void => {
    conversation.think(prose);
    prose = "";
  };
  for (const { text, line } of run.lines(path)) {
    const event = text.trimStart().startsWith("{") ? parsed(text) : undefined;
    if (event === undefined) {
      if (text.trimStart().startsWith("{"))
        run.report({ message: "a line of the stream is not valid JSON; left out", path, line });
      continue;
    }
    const ref: Ref = { path, line_start: line, line_end: line };
    const type = asString(event.type);
    if (type === "message" && event.role === "assistant") {
      if (wasResult) conversation.startTurn();
      wasResult = false;
      prose =
        event.delta === true ? prose + (asString(event.content) ?? "") : join(prose, asString(event.content));
      continue;
    }
    endProse();
    if (type === "tool_use") {
      if (wasResult) conversation.startTurn();
      wasResult = false;
      readCall(event, ref, conversation);
    } else if (type === "tool_result") {
      wasResult = true;
      readResult(event, ref, run, conversation);
    } else readOther(event, type, conversation);
  }
}

function readCall(event: JsonRecord, ref: Ref, conversation: Conversation): void {
  const call = {
    id: asString(event.tool_id),
    tool: asString(event.tool_name) ?? "unknown",
    args: asRecord(event.parameters) ?? {},
    ref,
  };
  conversation.call(call, asString(event.timestamp));
}

function readResult(event: JsonRecord, ref: Ref, run: RunFiles, conversation: Conversation): void {
  const step = conversation.answered(asString(event.tool_id), undefined);
  if (!step) {
    run.report({
      message: "a result names a call that is not in the stream; left out",
      path: ref.path,
      line: ref.line_start,
    });
    return;
  }
  const error = asString(at(event.error, "message"));
  const text = asString(event.output) ?? error ?? null;
  conversation.answer(step, { text, is_error: event.status === "error" }, ref);
}

function readOther(event: JsonRecord, type: string | undefined, conversation: Conversation): void {
  if (type === "init") conversation.model = asString(event.model) ?? conversation.model;
  else if (type === "message" && event.role === "user") conversation.prompt(asString(event.content) ?? null);
  else if (type === "error" && event.severity !== "warning") conversation.exitStatus = "error";
  else if (type === "result") {
    const kind = asString(at(event.error, "type"));
    const status = asString(event.status) ?? null;
    conversation.exitStatus = status !== null && kind !== undefined ? `${status} (${kind})` : status;
  }
}

function join(before: string, next: string | undefined): string {
  return before === "" ? (next ?? "") : `${before}\n${next ?? ""}`;
}

function parsed(line: string): JsonRecord | undefined {
  try {
    return asRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
}

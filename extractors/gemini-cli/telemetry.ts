import {
  asArray,
  asNumber,
  asRecord,
  asString,
  type JsonRecord,
  type Ref,
  type RunFiles,
  type Step,
} from "../../src/extract/toolkit/index.ts";
import { type Conversation, responseText, tokensOf } from "./conversation.ts";

/**
 * Reads the telemetry log (`telemetry.outfile`): log records, spans and metrics as JSON objects one after the other.
 * A `tool_call` event tells a call and how it ended, not what it gave back; that stands in the next request to the
 * model, where prompts are logged at all.
 *
 * Source: packages/core/src/telemetry/types.ts of https://github.com/google-gemini/gemini-cli
 */
export function readTelemetry(run: RunFiles, path: string, conversation: Conversation): void {
  const state: State = { waiting: [], tokens: undefined, sessions: new Set() };
  for (const { value, line_start, line_end } of run.jsonl(path)) {
    const attributes = asRecord(asRecord(value)?.attributes);
    const name = asString(attributes?.["event.name"])?.replace(/^gemini_cli\./, "");
    if (!attributes || name === undefined) continue;
    const session = asString(attributes["session.id"]);
    if (session !== undefined) state.sessions.add(session);
    readEvent(name, attributes, { path, line_start, line_end }, conversation, state);
  }
  if (state.sessions.size > 1) {
    run.report({ message: `the log holds ${state.sessions.size} sessions; they are read as one run`, path });
  }
}

interface State {
  /** Calls since the last request to the model. */
  waiting: Step[];
  tokens: ReturnType<typeof tokensOf>;
  sessions: Set<string>;
}

function readEvent(
  name: string,
  attributes: JsonRecord,
  ref: Ref,
  conversation: Conversation,
  state: State,
): void {
  switch (name) {
    case "user_prompt":
      conversation.prompt(asString(attributes.prompt) ?? null);
      return;
    case "api_request":
      readRequest(attributes, ref, conversation, state);
      return;
    case "api_response":
      conversation.startTurn();
      conversation.model = asString(attributes.model) ?? conversation.model;
      conversation.think(proseOf(asString(attributes.response_text)));
      state.tokens = tokensOf({
        input: attributes.input_token_count,
        output: attributes.output_token_count,
        cached: attributes.cached_content_token_count,
        reasoning: attributes.thoughts_token_count,
      });
      conversation.exitStatus = null;
      return;
    case "api_error":
      conversation.exitStatus = "api_error";
      return;
    case "tool_call":
      readCall(attributes, ref, conversation, state);
  }
}

function readCall(attributes: JsonRecord, ref: Ref, conversation: Conversation, state: State): void {
  const tool = asString(attributes.function_name) ?? "unknown";
  const step = conversation.call({ id: undefined, tool, args: argumentsOf(attributes.function_args), ref });
  const error = asString(attributes["error.message"]) ?? asString(attributes.error) ?? null;
  const isFailed = attributes.success === false;
  if (error !== null) conversation.answer(step, { text: error, is_error: isFailed }, ref);
  else if (isFailed) step.is_error = true;
  const duration_ms = asNumber(attributes.duration_ms);
  if (duration_ms !== undefined && duration_ms >= 0) step.duration_ms = duration_ms;
  if (state.tokens) step.tokens = state.tokens;
  state.tokens = undefined;
  state.waiting.push(step);
}

/** The results of the calls before it are the last entry that a request sends. */
function readRequest(attributes: JsonRecord, ref: Ref, conversation: Conversation, state: State): void {
  const contents = asArray(parsed(attributes.request_text));
  const parts = asArray(asRecord(contents.at(-1))?.parts).map((part) => asRecord(part) ?? {});
  for (const part of parts) {
    const response = asRecord(part.functionResponse);
    const index = response ? state.waiting.findIndex(({ tool }) => tool === response.name) : -1;
    const [step] = index < 0 ? [] : state.waiting.splice(index, 1);
    const answer = responseText(part);
    if (step && answer)
      conversation.answer(step, { ...answer, is_error: answer.is_error || step.is_error === true }, ref);
  }
  if (parts.some((part) => part.functionResponse !== undefined)) state.waiting = [];
}

/** Prose of a reply. A reply that is recorded as JSON holds its calls, which have events of their own. */
function proseOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^\s*[[{]/.test(text)) return text;
  const values = parsed(text);
  if (values === undefined) return text;
  const texts = (Array.isArray(values) ? values : [values]).flatMap(textsWithin);
  return texts.join("");
}

function textsWithin(value: unknown): string[] {
  const record = asRecord(value);
  if (!record) return [];
  const own = asString(record.text);
  if (own !== undefined) return [own];
  return [...asArray(record.candidates), ...asArray(record.parts), record.content].flatMap(textsWithin);
}

function argumentsOf(value: unknown): JsonRecord {
  return asRecord(value) ?? asRecord(parsed(value)) ?? {};
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

import {
  asArray,
  asRecord,
  asString,
  type JsonRecord,
  type Ref,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";
import { type Conversation, responseText } from "./conversation.ts";
import { elementsOf, linesWithin } from "./elements.ts";

/**
 * Reads saved contents of a chat (`/chat save`, or the snapshot before a tool changes a file): what the API was sent,
 * `[{role, parts}]`, bare or as `clientHistory` or `history` of an object.
 */
export function readCheckpoint(run: RunFiles, path: string, conversation: Conversation): void {
  const text = run.text(path);
  const isBare = /^\s*\[/.test(text);
  const key = isBare ? null : /"clientHistory"\s*:\s*\[/.test(text) ? "clientHistory" : "history";
  const { elements, isWhole } = elementsOf(text, key);
  if (!isWhole) run.report({ message: "the saved chat is cut off: its last entry was left out", path });
  for (const element of elements) {
    const parts = asArray(element.value.parts).map((part) => asRecord(part) ?? {});
    const spans = linesWithin(element, "parts");
    const places = parts.map((_, index): Ref => {
      const { line_start, line_end } = spans[index] ?? element;
      return { path, line_start, line_end };
    });
    if (element.value.role === "model") readModelParts(parts, places, conversation);
    else readUserParts(parts, places, conversation);
  }
  if (conversation.unpaired > 0) {
    run.report({
      message: `${conversation.unpaired} results name no call of the saved chat; they were left out`,
      path,
    });
  }
}

function readModelParts(
  parts: readonly JsonRecord[],
  places: readonly Ref[],
  conversation: Conversation,
): void {
  conversation.startTurn();
  for (const part of parts) {
    const text = asString(part.text);
    if (text !== "Got it. Thanks for the context!") conversation.think(text);
  }
  for (const [index, part] of parts.entries()) {
    const call = asRecord(part.functionCall);
    const ref = places[index];
    if (!call || !ref) continue;
    conversation.call({
      id: asString(call.id),
      tool: asString(call.name) ?? "unknown",
      args: asRecord(call.args) ?? {},
      ref,
    });
  }
}

function readUserParts(
  parts: readonly JsonRecord[],
  places: readonly Ref[],
  conversation: Conversation,
): void {
  let last: ReturnType<Conversation["answered"]>;
  for (const [index, part] of parts.entries()) {
    const ref = places[index];
    const response = asRecord(part.functionResponse);
    const answer = responseText(part);
    if (!ref || !answer) continue;
    if (response) {
      last = conversation.answered(asString(response.id), asString(response.name));
      if (last) conversation.answer(last, answer, ref);
      else conversation.unpaired++;
    } else if (last?.observation != null) last.observation = `${last.observation}\n${answer.text ?? ""}`;
    else conversation.prompt(answer.text);
  }
}

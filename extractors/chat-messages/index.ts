import {
  asRecord,
  at,
  type Extractor,
  type RunFiles,
  type Trajectory,
} from "../../src/extract/toolkit/index.ts";
import { firstText, outcomeOf, TASK_KEYS } from "../_documents/fields.ts";
import { documentsOfRun, rawText, rowLines } from "../_documents/rows.ts";
import { conversationOf, SHAPE } from "./conversation.ts";
import { countCalls } from "./count.ts";
import { detect } from "./detect.ts";
import { readSteps, warningsOf } from "./steps.ts";

/** Chat messages in the shapes of the common model APIs, of agents that no other reader knows. */
export const extractor: Extractor = {
  id: "chat-messages",
  title: "Chat messages (generic)",
  version: 1,
  fingerprint: {
    files: ["*.json", "*.jsonl"],
    contents:
      "chat messages of the OpenAI or Anthropic APIs with tool calls, or with commands in their text that are answered by output",
  },
  detect,
  extract,
  countActions: (run) => countCalls(rawText(run, run.focus ?? "", SHAPE)),
  conversation,
  rows: (run) => rowLines(run, run.focus ?? "", SHAPE),
};

function extract(run: RunFiles): Trajectory {
  const path = run.focus ?? "";
  const { messages, wrapper } = conversationOf(documentsOfRun(run, path, SHAPE));
  const reading = readSteps(messages);
  const models = messages.map(({ raw }) => firstText(raw, ["model", "model_name"]));
  const model =
    firstText(wrapper, ["model", "model_name"]) ?? firstText(asRecord(at(wrapper, "request")), ["model"]);
  const asked = messages.find(
    ({ role, parts }) => role === "user" && parts.some(({ kind }) => kind === "text"),
  );
  const task = asked?.parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("\n");
  return {
    task: task ?? firstText(wrapper, [...TASK_KEYS, "input"]) ?? null,
    agent: {
      name: firstText(wrapper, ["agent", "agent_name"]) ?? null,
      version: firstText(wrapper, ["agent_version"]) ?? null,
      model: model ?? models.find((name) => name !== undefined) ?? null,
    },
    steps: reading.steps,
    outcome: outcomeOf(wrapper, path),
    files_used: [path],
    warnings: warningsOf(reading).map((message) => ({ message, path })),
    ...(reading.steps.length === 0 ? { empty_reason: emptyReason(messages.length) } : {}),
  };
}

function emptyReason(messages: number): string {
  return messages === 0
    ? "The file holds no chat messages."
    : "The conversation holds no executed action: no tool call, and no command that was answered by its output.";
}

/** The messages without instructions and without tool definitions, which may outweigh them. */
function* conversation(run: RunFiles): Generator<string> {
  const { messages } = conversationOf(documentsOfRun(run, run.focus ?? "", SHAPE));
  for (const { role, raw } of messages) if (role !== "system") yield JSON.stringify(raw);
}

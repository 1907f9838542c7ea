import {
  type AgentInfo,
  asArray,
  asRecord,
  asString,
  at,
  type JsonRecord,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";
import { type Conversation, type Message, textsOf } from "./message.ts";
import { withoutDetails } from "./results.ts";

const TASK = /<(task|user_message)>\s*([\s\S]*?)\s*<\/\1>/;

/** What was asked first; null = not recorded. */
export function taskOf({ messages }: Conversation): string | null {
  const first = messages.find((message) => message.role === "user");
  const texts = first ? textsOf(first) : [];
  const tagged = texts.map((text) => TASK.exec(text)?.[2]).find((text) => text !== undefined);
  return tagged ?? texts.map(withoutDetails).find((text) => text.trim() !== "") ?? null;
}

/** Who acted. Roo Code and its forks name a mode by its slug in what they add to each message; Cline does not. */
export function agentOf(run: RunFiles, { messages, root }: Conversation): AgentInfo {
  const metadata = run.focus === null ? asRecord(run.tryJson("task_metadata.json")) : undefined;
  const details = messages.filter((message) => message.role === "user").flatMap(textsOf);
  const roo = details.map((text) => ROO.exec(text)).find((match) => match !== null);
  return {
    name: roo ? "roo-code" : "cline",
    version: asString(lastOf(metadata?.environment_history)?.cline_version) ?? null,
    model:
      modelOf(messages) ?? asString(lastOf(metadata?.model_usage)?.model_id) ?? roo?.[1] ?? modelIn(root),
  };
}

const ROO = /<environment_details>[\s\S]*?<slug>[^<]*<\/slug>(?:[\s\S]*?<model>([^<]*)<\/model>)?/;

function modelOf(messages: readonly Message[]): string | undefined {
  return messages
    .map(({ raw }) => asString(at(raw, "modelInfo", "modelId")) ?? asString(at(raw, "modelInfo", "id")))
    .find((model) => model !== undefined);
}

function modelIn(root: JsonRecord): string | null {
  return asString(root.model) ?? asString(at(root, "modelInfo", "id")) ?? null;
}

function lastOf(list: unknown): JsonRecord | undefined {
  return asRecord(asArray(list).at(-1));
}

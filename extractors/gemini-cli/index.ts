import {
  asRecord,
  asString,
  at,
  type Detection,
  type Extractor,
  NOT_MINE,
  type RunFiles,
  type Trajectory,
  UNKNOWN_OUTCOME,
} from "../../src/extract/toolkit/index.ts";
import { readHarness } from "../_harness/index.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { Conversation } from "./conversation.ts";
import { conversationText } from "./conversation-text.ts";
import { countCalls } from "./count.ts";
import { readRecords, readSession, type SessionFacts } from "./session.ts";
import { FILE_GLOBS, type Form, PLACES, type Source, sourceOf } from "./source.ts";
import { readStream } from "./stream.ts";
import { subAgentFiles, withSubAgents } from "./sub-agents.ts";
import { readTelemetry } from "./telemetry.ts";

/** Gemini CLI: session files, saved chats, stream-json, telemetry. https://github.com/google-gemini/gemini-cli */
export const extractor: Extractor = {
  id: "gemini-cli",
  title: "Gemini CLI",
  version: 1,
  fingerprint: {
    directories: PLACES,
    files: FILE_GLOBS,
    contents:
      "sessionId and projectHash with messages, contents of role and parts, stream-json events with tool_name and tool_id, or gemini_cli telemetry",
  },
  detect,
  extract,
  countActions: countCalls,
  conversation: conversationText,
  claims: (run) => {
    const source = run.focus === null ? null : sourceOf(run);
    if (source?.form !== "session" && source?.form !== "records") return [];
    return subAgentFiles(
      run,
      source.path,
      /"sessionId"\s*:\s*"([^"\\]+)"/.exec(run.head(source.path))?.[1] ?? null,
    );
  },
};

const SURENESS: Readonly<Record<Form, Detection>> = {
  session: { confidence: 0.95, reason: "a session file of Gemini CLI" },
  records: { confidence: 0.95, reason: "a session file of Gemini CLI" },
  stream: { confidence: 0.85, reason: "events of gemini --output-format stream-json" },
  telemetry: { confidence: 0.85, reason: "events of Gemini CLI's telemetry" },
  checkpoint: { confidence: 0.75, reason: "a chat saved as contents of role and parts" },
  answer: { confidence: 0.7, reason: "the answer of gemini --output-format json" },
};

function detect(run: RunFiles): Detection {
  const source = sourceOf(run);
  if (!source) return NOT_MINE;
  const { confidence, reason } = SURENESS[source.form];
  // A trial's converted trajectory says as much and names what its harness knows.
  return { confidence: source.path.startsWith("agent/") ? Math.min(confidence, 0.9) : confidence, reason };
}

function extract(run: RunFiles): Trajectory {
  const source = sourceOf(run);
  const conversation = new Conversation();
  const facts = source ? read(run, source, conversation) : null;
  const { steps, files } =
    source && facts
      ? withSubAgents(run, source.path, conversation.builder.steps, facts)
      : { steps: conversation.builder.steps, files: [] };
  const harness = readHarness(run, { steps: steps.length });
  const outcome = harness?.outcome ?? UNKNOWN_OUTCOME;
  return {
    task:
      conversation.prompts.length > 0 ? conversation.prompts.join("\n\n---\n\n") : (harness?.task ?? null),
    agent: {
      name: "gemini-cli",
      version: harness?.agent.version ?? null,
      model: conversation.model ?? harness?.agent.model ?? null,
    },
    steps,
    outcome: { ...outcome, exit_status: outcome.exit_status ?? conversation.exitStatus },
    files_used: source ? [source.path, ...files] : [],
    warnings: harness?.warnings ?? [],
    ...(steps.length === 0 ? { empty_reason: emptyReason(source, conversation) } : {}),
  };
}

/** Reads the trace into the conversation; session files also tell of sub-agents. */
function read(run: RunFiles, { path, form }: Source, conversation: Conversation): SessionFacts | null {
  switch (form) {
    case "session":
      return readSession(run, path, conversation);
    case "records":
      return readRecords(run, path, conversation);
    case "checkpoint":
      readCheckpoint(run, path, conversation);
      return null;
    case "stream":
      readStream(run, path, conversation);
      return null;
    case "telemetry":
      readTelemetry(run, path, conversation);
      return null;
    case "answer":
      readAnswer(run, path, conversation);
      return null;
  }
}

/** The last answer and counts are all that this form keeps. */
function readAnswer(run: RunFiles, path: string, conversation: Conversation): void {
  const answer = asRecord(run.tryJson(path)) ?? {};
  conversation.model = Object.keys(asRecord(at(answer, "stats", "models")) ?? {})[0] ?? null;
  if (asRecord(answer.error)) conversation.exitStatus = asString(at(answer, "error", "type")) ?? "error";
}

function emptyReason(source: Source | null, conversation: Conversation): string {
  if (source?.form === "answer")
    return "The file holds the last answer and counts of calls, but none of the calls.";
  if (conversation.prompts.length === 0)
    return "The session holds no prompt: it was opened and nothing was asked.";
  return "The agent called no tool in this session.";
}

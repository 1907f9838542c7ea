/**
 * The parts of Docent's data model that are written.
 * Source: https://github.com/TransluceAI/docent (docent/data_models/agent_run.py, transcript.py, chat/)
 */
export interface AgentRun {
  id: string;
  name: string | null;
  description: string | null;
  /** At least one. */
  transcripts: Transcript[];
  transcript_groups: never[];
  metadata: Record<string, unknown>;
}

/** What one agent said and did. */
export interface Transcript {
  id: string;
  name: string | null;
  description: string | null;
  transcript_group_id: null;
  /** ISO 8601. */
  created_at: string | null;
  messages: Message[];
  metadata: Record<string, unknown>;
}

/** A message of a transcript. */
export type Message = UserMessage | AssistantMessage | ToolMessage;

/** What the agent was asked. */
export interface UserMessage {
  id: string;
  role: "user";
  content: string;
}

/** A turn of the agent: what it thought, and its actions as calls. */
export interface AssistantMessage {
  id: string;
  role: "assistant";
  content: string | { type: "reasoning"; reasoning: string }[];
  model: string | null;
  tool_calls: { id: string; function: string; arguments: Record<string, unknown>; type: "function" }[];
  metadata: Record<string, unknown>;
}

/** What came back for an action. */
export interface ToolMessage {
  id: string;
  role: "tool";
  content: string;
  tool_call_id: string;
  function: string;
  /** null = it did not fail, as far as is known. */
  error: Record<string, unknown> | null;
  metadata: Record<string, unknown>;
}

import type { RecordedOutcome, TokenCounts } from "./types.ts";

/** The log of a recording: one event a line. */
export const LOG_FILE = "events.jsonl";
/** What other tools read: ATIF, written from the log. */
export const TRAJECTORY_FILE = "trajectory.json";
/** Lies in a recording whose agent records its own actions, so that its shells are not recorded as well. */
export const SHELLS_OFF_FILE = "shells-off";
/** Stands in the first event of each session and tells that a log is one of ours. */
export const LOG_FORMAT = "codetracer-recording";

/** A process began to record. Whose `by` is `command` is `codetracer record`, around the agent. */
export interface SessionStarted {
  type: "session_started";
  format: typeof LOG_FORMAT;
  schema: 1;
  at: string;
  session_id: string;
  by: "library" | "command";
  recorder_version: string;
  agent: { name: string; version: string | null; model: string | null };
  task: string | null;
  /** Whether secrets are replaced before they are written. */
  redacted: boolean;
  /** What `codetracer record` ran. */
  command?: string;
}

/** A sub-agent that later events name by its id. */
export interface SubagentStarted {
  type: "subagent_started";
  at: string;
  agent_id: string;
  name: string;
  /** The action that spawned it; absent = not recorded. */
  parent_action_id?: string;
}

/** What a model turn cost. */
export interface Metered {
  tokens?: TokenCounts;
  cost_usd?: number;
}

/** Text that is no action. */
export interface MessageRecorded extends Metered {
  type: "message";
  at: string;
  source: "agent" | "user" | "system";
  text: string;
  /** Absent = the main agent. */
  agent_id?: string;
}

/** An action, before it is carried out. Thinking, tokens and cost stand on the first one of a model turn. */
export interface ActionStarted extends Metered {
  type: "action";
  at: string;
  action_id: string;
  agent_id?: string;
  /** Shared by the actions of one model turn, where there are several. */
  turn_id?: string;
  tool: string;
  arguments: Record<string, unknown>;
  tool_call_id?: string;
  thinking?: string;
  /** Absent = recorded by the agent itself. */
  by?: "shell";
}

/** What came back for an action. */
export interface ActionObserved {
  type: "observation";
  at: string;
  action_id: string;
  /** null = not recorded, "" = nothing was printed. */
  text: string | null;
  /** Where standard error begins in `text`, in characters, if it was a stream of its own. */
  stderr_at?: number;
  /** Bytes in the middle of an output that was too long to keep. */
  left_out_bytes?: number;
  /** Something that was started held the output open: what it printed later is not recorded. */
  still_open?: true;
  exit_code?: number;
  is_error?: boolean;
  duration_ms?: number;
}

/** A shell that was called otherwise than with `-c`, and so is not recorded. */
export interface ShellPassed {
  type: "shell_passed";
  shell: string;
}

/** A process recorded to its end. */
export interface SessionFinished {
  type: "session_finished";
  at: string;
  session_id: string;
  outcome?: RecordedOutcome;
}

/** One line of `events.jsonl`. */
export type RecordEvent =
  | SessionStarted
  | SubagentStarted
  | MessageRecorded
  | ActionStarted
  | ActionObserved
  | ShellPassed
  | SessionFinished;

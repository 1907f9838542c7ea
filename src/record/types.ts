/** Token counts of a model turn. Leave out what the provider does not report. */
export interface TokenCounts {
  /** Prompt tokens, cached ones included. */
  input?: number | undefined;
  output?: number | undefined;
  cached?: number | undefined;
  reasoning?: number | undefined;
}

/** What a model turn came with, beside its actions. */
export interface Turn {
  /** Reasoning and prose that led to the action, as the model wrote it. */
  thinking?: string | undefined;
  tokens?: TokenCounts | undefined;
  /** Dollars. */
  cost_usd?: number | undefined;
}

/** A shell command, whatever the agent calls its tool. */
export interface ShellCommand {
  command: string;
  /** The provider's id of the call. */
  tool_call_id?: string | undefined;
  tool?: undefined;
  arguments?: undefined;
}

/** A call of any other tool. */
export interface ToolCall {
  tool: string;
  /** Anything that can be written as JSON. */
  arguments?: Readonly<Record<string, unknown>> | undefined;
  tool_call_id?: string | undefined;
  command?: undefined;
}

/** One action of an agent. */
export type Action = ShellCommand | ToolCall;

/** What is known of an action's end beside its text. */
export interface Observed {
  /** Exit status of the process; null or absent = not known. */
  exit_code?: number | null | undefined;
  /** Whether the agent was told that it failed. */
  is_error?: boolean | undefined;
  duration_ms?: number | undefined;
}

/** How a run ended. Set `resolved` and `reward` only from a check, never from the agent's own word. */
export interface RecordedOutcome {
  resolved?: boolean | null | undefined;
  reward?: number | null | undefined;
  /** The agent's own word for how it ended, such as `submitted`. */
  exit_status?: string | null | undefined;
}

/** How a recording is made. */
export interface RecorderOptions {
  agent: { name: string; version?: string | null | undefined; model?: string | null | undefined };
  /** What the agent was asked; null or absent = not known. */
  task?: string | null | undefined;
  /** Go on in a folder that holds a recording. Without it, that one stays alone and a new folder is made beside it. */
  continue?: boolean | undefined;
  /** The process's environment. Where it holds CODETRACER_RECORD, the recording named there is joined instead. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Wait until each event is on the disk: safe against power cuts too, and slow. */
  fsync?: boolean | undefined;
  /** false = keep secrets as they are. */
  redact?: boolean | undefined;
  /** Milliseconds since the epoch. */
  now?: (() => number) | undefined;
}

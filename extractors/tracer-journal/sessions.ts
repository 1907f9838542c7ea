import {
  asNumber,
  asRecord,
  asString,
  at,
  type JsonRecord,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";

/** A reply of the model, with the command that ran for it. */
export interface Reply {
  text: string;
  model: string | null;
  usage: JsonRecord;
  cost_usd: number | undefined;
  /** The event `command_ran`; null = none did. */
  ran: JsonRecord | null;
  /** The line of `ran`. */
  line: number;
}

/** One pass of the tracer. */
export interface Session {
  version: string | null;
  model: string | null;
  task: string | null;
  replies: Reply[];
  /** How it ended; null = it did not. */
  end: string | null;
}

/**
 * The sessions of a file in their order. A session that could not be continued where it stood is written again further down, header and all: then
 * only the last one is read.
 */
export function readSessions(run: RunFiles, file: string): Session[] {
  const sessions = new Map<string, Session>();
  let session: Session | undefined;
  for (const { value, line_start } of run.jsonl(file)) {
    const event = asRecord(value) ?? {};
    if (event.type === "session_started") {
      const key = JSON.stringify(event);
      session = newSession(event);
      sessions.set(key, session);
    } else if (session) add(session, event, line_start);
  }
  return [...sessions.values()];
}

function newSession(event: JsonRecord): Session {
  return {
    version: asString(event.codetracer_version) ?? null,
    model: asString(event.model) ?? null,
    task: asString(event.task) ?? asString(at(event, "settings", "task")) ?? null,
    replies: [],
    end: null,
  };
}

function add(session: Session, event: JsonRecord, line: number): void {
  if (event.type === "session_ended") session.end = asString(event.end) ?? null;
  if (event.type === "model_replied")
    session.replies.push({
      text: asString(event.text) ?? "",
      model: asString(event.model) ?? null,
      usage: asRecord(event.usage) ?? {},
      cost_usd: asNumber(event.cost_usd),
      ran: null,
      line,
    });
  const reply = session.replies.at(-1);
  if (event.type === "command_ran" && reply) Object.assign(reply, { ran: event, line });
}

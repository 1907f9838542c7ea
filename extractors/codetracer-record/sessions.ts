import {
  type AgentInfo,
  asNumber,
  asRecord,
  asString,
  at,
  type JsonRecord,
  type Outcome,
  UNKNOWN_OUTCOME,
} from "../../src/extract/toolkit/index.ts";
import type { Event } from "./log.ts";

/** The sessions that an agent recorded itself, in order; then those of `codetracer record`, which knows less. */
function sessionsOf(log: readonly Event[]): { own: JsonRecord[]; around: JsonRecord[] } {
  const sessions = log.filter(({ type }) => type === "session_started").map(({ record }) => record);
  return {
    own: sessions.filter(({ by }) => by === "library"),
    around: sessions.filter(({ by }) => by !== "library"),
  };
}

/** Who acted: the first that is said, an agent's own word first. */
export function agentOf(log: readonly Event[]): AgentInfo {
  const { own, around } = sessionsOf(log);
  const told = (key: string): string | null =>
    first([...own, ...around].map((session) => asString(at(session, "agent", key))));
  return { name: told("name"), version: told("version"), model: told("model") };
}

/** What the first session that says so was asked, else the first message of the user. */
export function taskOf(log: readonly Event[]): string | null {
  const { own, around } = sessionsOf(log);
  const asked = first([...own, ...around].map((session) => asString(session.task)));
  if (asked !== null) return asked;
  const message = log.find(({ type, record }) => type === "message" && record.source === "user");
  return asString(message?.record.text) ?? null;
}

/** How the run ended: the last word of the agent, else what `codetracer record` saw of it. */
export function outcomeOf(log: readonly Event[], path: string): Outcome {
  const { own, around } = sessionsOf(log);
  const ended = log.filter(({ type }) => type === "session_finished").map(({ record }) => record);
  const outcomes = [...own.toReversed(), ...around.toReversed()].map((session) =>
    asRecord(ended.find(({ session_id }) => session_id === session.session_id)?.outcome),
  );
  const resolved = first(
    outcomes
      .map((outcome) => outcome?.resolved)
      .map((value) => (typeof value === "boolean" ? value : undefined)),
  );
  const reward = first(outcomes.map((outcome) => asNumber(outcome?.reward)));
  return {
    ...UNKNOWN_OUTCOME,
    resolved,
    reward,
    exit_status: first(outcomes.map((outcome) => asString(outcome?.exit_status))),
    source: resolved === null && reward === null ? null : `${path}: outcome of session_finished`,
  };
}

function first<T>(values: readonly (T | undefined)[]): T | null {
  return values.find((value) => value !== undefined) ?? null;
}

import type {
  ActionObserved,
  ActionStarted,
  MessageRecorded,
  RecordEvent,
  SessionFinished,
  SessionStarted,
  SubagentStarted,
} from "./events.ts";
import type { RecordedOutcome } from "./types.ts";

/** What one model turn did, in order. */
export type Item = { message: MessageRecorded } | { actions: ActionStarted[] };

/** What one agent said and did. `started` is null for the main agent. */
export interface Chain {
  started: SubagentStarted | null;
  items: Item[];
}

/** A log, put in order. */
export interface Chains {
  main: Chain;
  subagents: Chain[];
  observations: ReadonlyMap<string, ActionObserved>;
}

/** The events of each agent; those of an agent that the log does not name count as the main one's. */
export function chainsOf(events: readonly RecordEvent[]): Chains {
  const main: Chain = { started: null, items: [] };
  const byId = new Map<string, Chain>();
  const observations = new Map<string, ActionObserved>();
  for (const event of events) {
    if (event.type === "subagent_started") byId.set(event.agent_id, { started: event, items: [] });
    if (event.type === "observation" && !observations.has(event.action_id))
      observations.set(event.action_id, event);
    if (event.type !== "action" && event.type !== "message") continue;
    const { items } = byId.get(event.agent_id ?? "") ?? main;
    const turn = event.type === "action" ? turnOf(items, event) : undefined;
    if (turn && event.type === "action") turn.push(event);
    else items.push(event.type === "action" ? { actions: [event] } : { message: event });
  }
  return { main, subagents: [...byId.values()], observations };
}

/** The actions of the turn that an action belongs to; undefined where it begins one. */
function turnOf(items: readonly Item[], { turn_id }: ActionStarted): ActionStarted[] | undefined {
  const last = items.at(-1);
  const actions = last && "actions" in last ? last.actions : undefined;
  return turn_id !== undefined && actions?.[0]?.turn_id === turn_id ? actions : undefined;
}

/** Who ran, on what, and how it ended. What an agent says of itself counts before what `codetracer record` was told. */
export interface About {
  agent: SessionStarted["agent"];
  task: string | null;
  session_id: string;
  outcome: RecordedOutcome;
}

/** What the sessions of a log say together; null where it holds none. */
export function aboutRun(events: readonly RecordEvent[]): About | null {
  const sessions = events.filter((event) => event.type === "session_started");
  const ended = new Map(
    events
      .filter((event): event is SessionFinished => event.type === "session_finished")
      .map((e) => [e.session_id, e]),
  );
  const own = sessions.filter(({ by }) => by === "library");
  const ranked = [...own, ...sessions.filter(({ by }) => by !== "library")];
  const [first] = ranked;
  if (!first) return null;
  const outcomes = [...own.toReversed(), ...ranked.slice(own.length)].map(
    (s) => ended.get(s.session_id)?.outcome,
  );
  const told = <T>(values: readonly (T | null | undefined)[]): T | null =>
    values.find((value) => value != null) ?? null;
  return {
    agent: {
      name: told(ranked.map(({ agent }) => agent?.name)) ?? "unknown",
      version: told(ranked.map(({ agent }) => agent?.version)),
      model: told(ranked.map(({ agent }) => agent?.model)),
    },
    task: told(ranked.map(({ task }) => task)),
    session_id: first.session_id,
    outcome: {
      resolved: told(outcomes.map((outcome) => outcome?.resolved)),
      reward: told(outcomes.map((outcome) => outcome?.reward)),
      exit_status: told(outcomes.map((outcome) => outcome?.exit_status)),
    },
  };
}

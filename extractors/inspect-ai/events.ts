import {
  asArray,
  asNumber,
  asRecord,
  asString,
  at,
  type JsonRecord,
  type Tokens,
} from "../../src/extract/toolkit/index.ts";
import { callOf, callsOf, thoughtsOf } from "./message.ts";
import type { Placed } from "./sample.ts";
import { Spans } from "./spans.ts";
import { tokensOf } from "./tokens.ts";

/** A tool that was run, as the transcript tells it. */
export interface ToolRun extends Placed {
  id: string;
  agent: string;
  /** The call that this one was made for, where a sub-agent made it. */
  parentId: string | undefined;
  started_at: string | undefined;
  duration_ms: number | undefined;
}

/** The turn of the model that issued a call. */
export interface Turn {
  firstCallId: string | undefined;
  thinking: string | undefined;
  tokens: Tokens | undefined;
}

/** What the transcript of a sample tells of its calls. */
export interface Transcript {
  runs: ReadonlyMap<string, ToolRun>;
  turns: ReadonlyMap<string, Turn>;
}

/** An event, and the tool event that holds it. */
interface Flat extends Placed {
  outer: JsonRecord | undefined;
}

/** Reads the tool and model events of a sample, those inside of others included. */
export function readTranscript(events: readonly Placed[]): Transcript {
  const runs = new Map<string, ToolRun>();
  const turns = new Map<string, Turn>();
  const all = events.flatMap((event) => flat(event, undefined));
  const spans = new Spans(all.map(({ value }) => value));
  for (const event of all) {
    if (event.value.event === "model") {
      for (const [id, turn] of turnsOf(event.value)) if (!turns.has(id)) turns.set(id, turn);
    }
    const run = event.value.event === "tool" ? toolRun(event, spans) : undefined;
    if (run && !runs.has(run.id)) runs.set(run.id, run);
  }
  return { runs, turns };
}

/** Logs before 2025 hold what a tool's sub-agent did inside the tool's event. */
function flat({ value, ref }: Placed, outer: JsonRecord | undefined): Flat[] {
  const inner = value.event === "tool" ? value : outer;
  const inside = asArray(value.events)
    .map(asRecord)
    .filter((record) => record !== undefined);
  return [{ value, ref, outer }, ...inside.flatMap((record) => flat({ value: record, ref }, inner))];
}

function toolRun({ value, ref, outer }: Flat, spans: Spans): ToolRun | undefined {
  const { id } = callOf(value);
  if (id === undefined) return undefined;
  const maker = spans.makerOf(value);
  const seconds = asNumber(value.working_time);
  return {
    value,
    ref,
    id,
    agent: outer ? nameOf(outer) : maker.agent,
    parentId: outer ? asString(outer.id) : maker.callId,
    started_at: asString(value.timestamp),
    duration_ms: seconds !== undefined && seconds >= 0 ? seconds * 1000 : undefined,
  };
}

/** The agent that a call handed over to, or the tool that one is behind. */
function nameOf(tool: JsonRecord): string {
  return asString(tool.agent) ?? asString(tool.function) ?? "sub-agent";
}

function turnsOf(event: JsonRecord): [string, Turn][] {
  const message = asRecord(at(asArray(at(event, "output", "choices"))[0], "message"));
  if (!message) return [];
  const ids = callsOf(message).map(({ id }) => id);
  const tokens = tokensOf(asRecord(at(event, "output", "usage")));
  const turn: Turn = { firstCallId: ids[0], thinking: thoughtsOf(message), tokens };
  return ids.filter((id) => id !== undefined).map((id) => [id, turn]);
}

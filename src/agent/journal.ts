import { isDeepStrictEqual } from "node:util";
import type { ChatReply } from "../model/model.ts";
import { defined } from "../util/narrow.ts";
import { type EventOf, JournalEventSchema, type SessionEvent, type SessionHeader } from "./journal-events.ts";
import { appendEvents, readSessions, setAside } from "./journal-file.ts";
import type { CommandResult, LoopEnd } from "./loop-types.ts";

/**
 * What happened in one session, earlier runs of the program included. A loop that is run again says the same events in the same order; those
 * that stand in the record are not written again.
 */
export interface Journal {
  /** All events of the session so far, earlier ones that have not come round again among them. */
  readonly events: readonly SessionEvent[];
  /** The recorded reply of a call, from 1; null = the model has to be asked. */
  reply(call: number): ChatReply | null;
  /** What the command of a call gave; null = it has not been run to its end. */
  output(call: number): CommandResult | null;
  /** Whether the model has said that a prompt of so many estimated tokens is too long for this call. */
  overflowed(call: number, tokens: number): boolean;
  /** How the session ended; null = it did not. */
  end(): LoopEnd | null;
  /** Says that something happened. Throws CodeTracerError `bad_workspace` where the file cannot be written. */
  append(event: SessionEvent): void;
}

/**
 * Opens a journal for a session. The last session of the file with an equal header is taken up again: continued where the file ends with it and it did not
 * end, replayed where it did. Without one a new session is begun behind those that are there. `file` null keeps it in memory;
 * `fresh` sets an earlier file aside as `<file>.old`. One process at a time may write to a file.
 */
export function openJournal(
  file: string | null,
  session: SessionHeader,
  options: { fresh?: boolean } = {},
): Journal {
  if (file !== null && options.fresh === true) setAside(file);
  const started = asJson<EventOf<"session_started">>({ type: "session_started", schema: 1, ...session });
  const sessions = file === null ? [] : readSessions(file);
  const at = sessions.findLastIndex((earlier) => isDeepStrictEqual(earlier.started, started));
  const earlier = sessions[at];
  if (earlier) {
    const isLast = at === sessions.length - 1 && earlier.intact;
    return new RecordedJournal(file, started, earlier.events, isLast);
  }
  if (file !== null) appendEvents(file, [started]);
  return new RecordedJournal(file, started, [], true);
}

class RecordedJournal implements Journal {
  readonly #file: string | null;
  readonly #started: EventOf<"session_started">;
  readonly #events: SessionEvent[];
  /** How many of the events were said since it was opened. */
  #said = 0;
  /** Whether what comes next can be written at the end of the file. */
  #isLast: boolean;

  constructor(
    file: string | null,
    started: EventOf<"session_started">,
    events: readonly SessionEvent[],
    isLast: boolean,
  ) {
    this.#file = file;
    this.#started = started;
    this.#events = [...events];
    this.#isLast = isLast;
  }

  get events(): readonly SessionEvent[] {
    return this.#events;
  }

  reply(call: number): ChatReply | null {
    const found = this.#find("model_replied", call);
    if (!found) return null;
    const { text, stop_reason, usage, cost_usd, model } = found;
    return { text, stop_reason, usage, cost_usd, model };
  }

  output(call: number): CommandResult | null {
    const found = this.#find("command_ran", call);
    if (!found) return null;
    const { output, exit_code, stopped, done, facts } = found;
    return defined({ text: output, exit_code, stopped, done, facts }) as CommandResult;
  }

  overflowed(call: number, tokens: number): boolean {
    return this.#events.some(
      (event) =>
        event.type === "compacted" &&
        event.overflow &&
        event.call === call &&
        event.estimated_tokens <= tokens,
    );
  }

  end(): LoopEnd | null {
    return this.#events.find((event) => event.type === "session_ended")?.end ?? null;
  }

  append(event: SessionEvent): void {
    const said = JournalEventSchema.parse(asJson(event)) as SessionEvent;
    const expected = this.#isRecorded(said);
    if (expected !== null) {
      this.#said = expected + 1;
      return;
    }
    if (this.#said < this.#events.length || !this.#isLast) this.#beginAgain();
    this.#write([said]);
    this.#events.push(said);
    this.#said++;
  }

  /** The place of an event that the record has next. A session may end on a call without a reply: what led to that call is then passed over. */
  #isRecorded(said: SessionEvent): number | null {
    if (isDeepStrictEqual(this.#events[this.#said], said)) return this.#said;
    if (said.type !== "session_ended") return null;
    const at = this.#events.findIndex((event) => isDeepStrictEqual(event, said));
    const isPending = this.#events.slice(this.#said, at).every((event) => event.type === "compacted");
    return at >= this.#said && isPending ? at : null;
  }

  /** The record goes on otherwise than it did, or another session stands behind it: it is written again up to here, and what came of it is dropped. */
  #beginAgain(): void {
    this.#events.length = this.#said;
    this.#write([this.#started, ...this.#events]);
    this.#isLast = true;
  }

  #write(events: Parameters<typeof appendEvents>[1]): void {
    if (this.#file !== null) appendEvents(this.#file, events);
  }

  #find<T extends "model_replied" | "command_ran">(type: T, call: number): EventOf<T> | undefined {
    return this.#events.find(
      (event): event is EventOf<T> => event.type === type && "call" in event && event.call === call,
    );
  }
}

/** As it comes back from the file: without keys that are undefined. */
function asJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

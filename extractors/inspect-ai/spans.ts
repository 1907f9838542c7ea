import { asString, type JsonRecord } from "../../src/extract/toolkit/index.ts";

interface Span {
  type: string | undefined;
  name: string;
  parent: string | undefined;
  /** Of a tool's span: the call that it is the run of. */
  callId: string | undefined;
}

/** Who made a call: the main agent, or a sub-agent behind another call. */
export interface Maker {
  agent: string;
  callId: string | undefined;
}

/** The spans that events of a transcript belong to. Logs before 2025 have none. */
export class Spans {
  readonly #spans = new Map<string, Span>();

  /** A tool and the span it is run in name each other by function and outer span only: they are paired in order. */
  constructor(events: readonly JsonRecord[]) {
    const runs = new Map<string, (string | undefined)[]>();
    for (const event of events) {
      if (event.event !== "tool") continue;
      const key = JSON.stringify([event.function, event.span_id]);
      runs.set(key, [...(runs.get(key) ?? []), asString(event.id)]);
    }
    for (const event of events) {
      const id = asString(event.id);
      if (event.event !== "span_begin" || id === undefined) continue;
      const { name, parent_id } = event;
      const callId = event.type === "tool" ? runs.get(JSON.stringify([name, parent_id]))?.shift() : undefined;
      const parent = asString(parent_id);
      this.#spans.set(id, { type: asString(event.type), name: asString(name) ?? "", parent, callId });
    }
  }

  /** The nearest agent inside of the nearest tool around an event. A tool's event may stand in its own span. */
  makerOf(event: JsonRecord): Maker {
    let agent: string | undefined;
    const seen = new Set<string>();
    for (
      let id = asString(event.span_id);
      id !== undefined && !seen.has(id);
      id = this.#spans.get(id)?.parent
    ) {
      seen.add(id);
      const span = this.#spans.get(id);
      const isOwn = span?.type === "tool" && span.name === event.function && seen.size === 1;
      if (isOwn) continue;
      if (span?.type === "agent") agent ??= span.name;
      if (span?.type === "tool") return { agent: agent ?? span.name, callId: span.callId };
    }
    return { agent: "main", callId: undefined };
  }
}

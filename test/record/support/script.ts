import fc from "fast-check";
import type { Action, AgentRecorder, Observed, Recorder, Turn } from "../../../src/record/index.ts";
import type { ActionHandle } from "../../../src/record/recorder.ts";

/** One call of a recorder. Agents and actions are numbers, taken modulo how many there are. */
export type Call =
  | { call: "message"; by: number; text: string; source: "agent" | "user" | "system" }
  | { call: "actions"; by: number; actions: Action[]; turn: Turn }
  | { call: "observe"; of: number; text: string | null; end: Observed }
  | { call: "subAgent"; by: number; name: string; parent: number | null };

/** UTF-16 as it comes: lone surrogates, control characters and line breaks too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((codes) => String.fromCharCode(...codes));
const text = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 3, arbitrary: fc.string({ unit: "grapheme" }) },
  fc.constantFrom(
    "",
    " ",
    "\n",
    "\r\n",
    "\u0000",
    "\ud800",
    "\u2028",
    '{"type":"action"',
    "null",
    "line\u0085end\u001b[31m",
  ),
  fc.constant('é\u{1f600}\\"\n'.repeat(40_000)),
);
const count = fc.option(fc.nat(), { nil: undefined });
const flag = fc.option(fc.boolean(), { nil: undefined });
const turn: fc.Arbitrary<Turn> = fc.record({
  thinking: fc.option(text, { nil: undefined }),
  tokens: fc.option(fc.record({ input: count, output: count, cached: count, reasoning: count }), {
    nil: undefined,
  }),
  cost_usd: fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: undefined }),
});
const tool_call_id = fc.oneof(fc.constant(undefined), fc.constantFrom("", "call_1", "call_2"), anyText);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ command: text, tool_call_id }),
  fc.record({
    tool: fc.oneof(fc.constantFrom("Read", "bash", "shell", "mark_task_complete"), anyText),
    arguments: fc.option(fc.dictionary(anyText, fc.jsonValue({ maxDepth: 3 })), { nil: undefined }),
    tool_call_id,
  }),
);
const by = fc.nat({ max: 5 });
const call: fc.Arbitrary<Call> = fc.oneof(
  fc.record({
    call: fc.constant("message" as const),
    by,
    text,
    source: fc.constantFrom("agent" as const, "user" as const, "system" as const),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      call: fc.constant("actions" as const),
      by,
      actions: fc.array(action, { maxLength: 4 }),
      turn,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      call: fc.constant("observe" as const),
      of: fc.nat(),
      text: fc.option(text),
      end: fc.record({
        exit_code: fc.constantFrom(undefined, null, 0, 1, 137, -1),
        is_error: flag,
        duration_ms: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined }),
      }),
    }),
  },
  fc.record({
    call: fc.constant("subAgent" as const),
    by,
    name: fc.oneof(fc.constantFrom("explorer", "main"), anyText),
    parent: fc.option(fc.nat()),
  }),
);

/** What may happen in a run, in any order. */
export const script: fc.Arbitrary<Call[]> = fc.array(call, { maxLength: 14 });

/** Makes the calls. An action is observed once at most. */
export function perform(calls: readonly Call[], recorder: Recorder): void {
  const agents: AgentRecorder[] = [recorder];
  const handles: ActionHandle[] = [];
  const observed = new Set<number>();
  for (const call of calls) {
    if (call.call === "observe") {
      const of = handles.length === 0 ? -1 : call.of % handles.length;
      if (!observed.has(of)) handles[of]?.observe(call.text, call.end);
      observed.add(of);
      continue;
    }
    const agent = agents[call.by % agents.length];
    if (call.call === "message") agent?.message(call.text, { source: call.source });
    if (call.call === "actions") handles.push(...(agent?.actions(call.actions, call.turn) ?? []));
    if (call.call === "subAgent" && agent) {
      const parent =
        call.parent === null || handles.length === 0 ? undefined : handles[call.parent % handles.length];
      agents.push(agent.subAgent(call.name, parent));
    }
  }
}

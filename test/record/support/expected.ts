import { renderAction } from "../../../src/extract/toolkit/index.ts";
import type { Turn } from "../../../src/record/index.ts";
import type { Step } from "../../../src/trajectory/index.ts";
import { defined } from "../../../src/util/narrow.ts";
import type { Call } from "./script.ts";

/** A step without its places in the files and its time, which the script does not say. */
export type Told = Omit<Step, "action_ref" | "observation_ref" | "started_at">;

interface Agent {
  name: string;
  parent: number | undefined;
  said: string[];
}

/** The steps that a script is to be read back as. */
export function expectedSteps(calls: readonly Call[]): Told[] {
  const steps: Told[] = [];
  const agents: Agent[] = [{ name: "main", parent: undefined, said: [] }];
  const observed = new Set<Told | undefined>();
  let groups = 0;
  for (const call of calls) {
    if (call.call === "observe") {
      const step = steps.length === 0 ? undefined : steps[call.of % steps.length];
      if (step && !observed.has(step)) Object.assign(step, observation(call));
      observed.add(step);
      continue;
    }
    const agent = agents[call.by % agents.length] as Agent;
    if (call.call === "message" && call.source === "agent") agent.said.push(call.text);
    if (call.call === "subAgent") {
      const parent =
        call.parent === null || steps.length === 0 ? undefined : (call.parent % steps.length) + 1;
      agents.push({ name: call.name, parent, said: [] });
    }
    if (call.call !== "actions") continue;
    const parallel_group = call.actions.length > 1 ? ++groups : undefined;
    for (const [index, action] of call.actions.entries()) {
      const { thinking, tokens, cost_usd }: Turn = index === 0 ? call.turn : {};
      const tool = action.command === undefined ? action.tool : "bash";
      const args = JSON.parse(
        JSON.stringify(action.command === undefined ? (action.arguments ?? {}) : { command: action.command }),
      );
      const thoughts = thinking === undefined ? agent.said : [...agent.said, thinking];
      agent.said = [];
      const counts = defined(tokens ?? {});
      const id = action.tool_call_id;
      steps.push(
        defined({
          step_id: steps.length + 1,
          agent: agent.name,
          observation: null,
          action: renderAction(tool, args),
          tool,
          arguments: args,
          tool_call_id: steps.some((step) => step.tool_call_id === id) ? undefined : id,
          thinking: thoughts.length > 0 ? thoughts.join("\n\n") : undefined,
          tokens: Object.keys(counts).length > 0 ? counts : undefined,
          cost_usd: cost_usd === undefined ? undefined : cost_usd + 0,
          parent_step_id: agent.parent,
          parallel_group,
        }) as Told,
      );
    }
  }
  return steps;
}

function observation({ text, end }: Extract<Call, { call: "observe" }>): Partial<Told> {
  return defined({
    observation: text,
    exit_code: end.exit_code ?? undefined,
    is_error: end.is_error,
    duration_ms: end.duration_ms,
  });
}

/** What a step that was read says, comparable with `expectedSteps`. */
export function told({ action_ref: _, observation_ref: __, started_at: ___, ...step }: Step): Told {
  return step;
}

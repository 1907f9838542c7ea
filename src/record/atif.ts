import { defined, type JsonRecord } from "../util/narrow.ts";
import { stepsOf } from "./atif-steps.ts";
import { type About, aboutRun, type Chain, type Chains, chainsOf, type Item } from "./chains.ts";
import type { Metered, RecordEvent } from "./events.ts";

const SCHEMA_VERSION = "ATIF-v1.7";

/**
 * A log as an ATIF document. What ATIF demands and was not recorded is `unknown`; ids that were not given are the log's own.
 * Source: Harbor RFC 0001, https://harborframework.com/docs/trajectory-format
 */
export function toAtif(events: readonly RecordEvent[]): JsonRecord {
  const chains = chainsOf(events);
  const about = aboutRun(events);
  const callIds = callIdsOf(events);
  const document = (chain: Chain): JsonRecord => {
    const below = chains.subagents.filter(
      (other) => other.items.length > 0 && spawnerOf(chains, other) === chain,
    );
    const task = chain.started ? null : (about?.task ?? null);
    const steps = stepsOf({ chain, chains, below, callIds, task });
    return {
      schema_version: SCHEMA_VERSION,
      ...headOf(chain, about),
      steps,
      final_metrics: { ...totals(chain.items), total_steps: steps.length },
      ...(chain.started || !about ? {} : { extra: { outcome: about.outcome } }),
      ...(below.length > 0 ? { subagent_trajectories: below.map(document) } : {}),
    };
  };
  return document(chains.main);
}

function headOf({ started }: Chain, about: About | null): JsonRecord {
  const version = about?.agent.version ?? "unknown";
  const model = about?.agent.model ?? undefined;
  if (started) return { trajectory_id: started.agent_id, agent: { name: started.name, version } };
  return defined({
    session_id: about?.session_id,
    agent: defined({ name: about?.agent.name ?? "unknown", version, model_name: model }),
  });
}

/** Whose action spawned a sub-agent; the main agent's where the log does not say. */
function spawnerOf(chains: Chains, { started }: Chain): Chain {
  const parent = started?.parent_action_id;
  const spawned = (chain: Chain): boolean =>
    chain.items.some(
      (item) => "actions" in item && item.actions.some(({ action_id }) => action_id === parent),
    );
  return chains.subagents.find(spawned) ?? chains.main;
}

/** An id for each action that no other has: as given, where it was given once. */
function callIdsOf(events: readonly RecordEvent[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  for (const event of events) {
    if (event.type !== "action" || ids.has(event.action_id)) continue;
    const given = event.tool_call_id;
    const id = given === undefined || given === "" || taken.has(given) ? event.action_id : given;
    taken.add(id);
    ids.set(event.action_id, id);
  }
  return ids;
}

function totals(items: readonly Item[]): JsonRecord {
  const turns = items.flatMap((item): readonly Metered[] =>
    "actions" in item ? item.actions : [item.message],
  );
  const sum = (values: readonly (number | undefined)[]): number | undefined => {
    const known = values.filter((value) => value !== undefined);
    return known.length > 0 ? known.reduce((total, value) => total + value, 0) : undefined;
  };
  return defined({
    total_prompt_tokens: sum(turns.map(({ tokens }) => tokens?.input)),
    total_completion_tokens: sum(turns.map(({ tokens }) => tokens?.output)),
    total_cached_tokens: sum(turns.map(({ tokens }) => tokens?.cached)),
    total_cost_usd: sum(turns.map(({ cost_usd }) => cost_usd)),
  });
}

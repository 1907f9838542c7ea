import { firstText } from "./attributes.ts";
import { kindOf } from "./kinds.ts";
import type { Span } from "./span.ts";

/** The name of the nearest agent among the spans above one; null where none has a name. */
export function agentName(above: readonly Span[]): string | null {
  const agent = above.find(
    (span) => kindOf(span) === "agent" || firstText(span.attributes, "agent_name") !== undefined,
  );
  return agent ? nameOf(agent) : null;
}

/** Some spans are called after the one run that they are. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** An agent's name as its span gives it. */
export function nameOf({ attributes, name }: Span): string | null {
  const given = firstText(
    attributes,
    "gen_ai.agent.name",
    "agent.name",
    "agent_name",
    "graph.node.id",
    "traceloop.entity.name",
  );
  if (given !== undefined) return given;
  const bare = name.replace(/^invoke_agent\s*/, "");
  return bare === "" || UUID.test(bare) ? null : bare;
}

import type { AgentInfo } from "../../src/extract/toolkit/index.ts";
import { nameOf } from "./agents.ts";
import { attribute, firstText } from "./attributes.ts";
import { kindOf } from "./kinds.ts";
import { type Message, messagesOf } from "./messages.ts";
import { modelOf } from "./model-span.ts";
import type { Span } from "./span.ts";

/** Whether a trace is an agent's at all, and not a web server's. */
export function hasModelOrTool(spans: readonly Span[]): boolean {
  return spans.some((span) => kindOf(span) !== "other");
}

/** What the agent was asked: what the user said last before the first answer, else the input of the trace or its root. */
export function taskOf(
  spans: readonly Span[],
  firstInput: readonly Message[],
  traceInput: unknown,
): string | null {
  const root = spans.find((span) => span.parent === null) ?? spans[0];
  const rootInput =
    root && (attribute(root.attributes, "recorded.input") ?? attribute(root.attributes, "input.value"));
  const asked = messagesOf(traceInput, "user");
  // One message alone may be a whole prompt in one text; the trace's own record says what was asked.
  const first = firstInput.length > 1 ? [firstInput, asked] : [asked, firstInput];
  for (const messages of [...first, messagesOf(rootInput, "user")]) {
    const said = lastRequest(messages);
    if (said !== "") return said;
  }
  return null;
}

function lastRequest(messages: readonly Message[]): string {
  const firstOwn =
    messages.findLastIndex(({ role, calls }) => role === "assistant" && calls.length === 0) + 1;
  const asked = (from: number): string =>
    messages
      .slice(from)
      .filter(({ role }) => role === "user")
      .flatMap(({ texts }) => texts)
      .join("\n\n");
  return asked(firstOwn) || asked(0);
}

/** Who acted: the outermost agent that has a name, and the first model that answered. */
export function agentOf(spans: readonly Span[]): AgentInfo {
  const agents = spans.filter((span) => kindOf(span) === "agent");
  const named =
    agents.find(({ attributes }) => firstText(attributes, "gen_ai.agent.name", "agent.name") !== undefined) ??
    agents[0];
  const models = spans.filter((span) => kindOf(span) === "model").map(modelOf);
  return {
    name: named ? nameOf(named) : null,
    version: (named && firstText(named.attributes, "gen_ai.agent.version")) ?? null,
    model: models.find((model) => model !== undefined) ?? null,
  };
}

/** `error` where the root span ended so. */
export function exitStatusOf(spans: readonly Span[]): string | null {
  const root = spans.find((span) => span.parent === null);
  return root?.isError ? "error" : null;
}

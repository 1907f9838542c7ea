import { at, defined } from "../../util/narrow.ts";
import { isShown } from "../call.ts";
import { toJson } from "../json.ts";
import type { Attributes } from "../otlp/message.ts";
import type { RunSpan } from "./run-span.ts";

/** What a workspace knows of a span and no convention has a name for. */
export function ownAttributes(span: RunSpan): Attributes {
  const time = { "codetracer.time": span.is_timed ? "recorded" : "estimated" };
  if (span.kind !== "tool") return time;
  const { step, call } = span;
  return defined({
    ...time,
    "codetracer.step_id": step.step_id,
    "codetracer.step_name": step.name,
    "codetracer.kind": step.kind,
    "codetracer.failed": step.failed,
    "codetracer.exit_code": step.exit_code ?? undefined,
    "codetracer.tool_is_recorded": call.is_recorded,
    "codetracer.action": isShown(call, step) ? undefined : step.action,
  });
}

/**
 * A tool's result as an attribute: the text, or, where readers would take the text itself for an encoding of another one, the text as
 * a JSON string.
 */
export function resultValue(observation: string): { value: string; mime_type: string } {
  if (!isAmbiguous(observation)) return { value: observation, mime_type: "text/plain" };
  return { value: toJson(observation), mime_type: "application/json" };
}

/** A quoted text, or the JSON of a message that holds a tool's result: both are unwrapped by readers of spans. */
function isAmbiguous(text: string): boolean {
  if (/^\s*"/.test(text)) return true;
  if (!/^\s*\{/.test(text)) return false;
  const message = parsed(text);
  const inner = at(message, "output") ?? message;
  return [message, inner, at(inner, "kwargs")].some((part) => at(part, "tool_call_id") !== undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

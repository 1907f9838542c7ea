import {
  type AgentInfo,
  asArray,
  asRecord,
  asString,
  at,
  contentText,
  type JsonRecord,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";
import { resolved } from "./attachments.ts";
import type { Sample } from "./sample.ts";
import { formOf } from "./source.ts";

const HEADER_BYTES = 1 << 20;

/** What the sample asked; null = not recorded. */
export function taskOf({ record, attachments, messages }: Sample): string | null {
  const input = resolved(record.input, attachments);
  if (typeof input === "string") return input;
  const asked = Array.isArray(input) ? input : messages.map(({ value }) => resolved(value, attachments));
  const texts = asked
    .map(asRecord)
    .filter((message) => message?.role === "user" && message.source !== "generate")
    .map((message) => contentText(message?.content));
  return texts.filter((text) => text !== null)[0] ?? null;
}

/** The solver or agent that acted, and the model behind it. */
export function agentOf(run: RunFiles, sample: Sample): AgentInfo {
  const header = headerOf(run);
  return {
    name: asString(at(header, "eval", "solver")) ?? solverOf(header) ?? spanName(sample) ?? null,
    version: asString(at(header, "eval", "packages", "inspect_ai")) ?? null,
    model: asString(at(sample.record, "output", "model")) ?? asString(at(header, "eval", "model")) ?? null,
  };
}

/** What a log says of itself before its samples; undefined where the run is a sample by itself. */
function headerOf(run: RunFiles): JsonRecord | undefined {
  const path = run.focus === null ? "_journal/start.json" : run.focus;
  if (run.focus === null) return run.has(path) ? asRecord(run.tryJson(path)) : undefined;
  if (formOf(run, path) !== "log") return undefined;
  const head = run.head(path, HEADER_BYTES);
  const samples = /,\s*"samples"\s*:\s*\[/.exec(head);
  try {
    return asRecord(JSON.parse(samples ? `${head.slice(0, samples.index)}}` : head));
  } catch {
    return undefined;
  }
}

function solverOf(header: JsonRecord | undefined): string | undefined {
  return asString(asRecord(asArray(at(header, "plan", "steps")).at(-1))?.solver);
}

/** The agent's or the last solver's own span; before 2025 its step. */
function spanName({ events }: Sample): string | undefined {
  const begun = events
    .map(({ value }) => value)
    .filter((event) => event.event === "span_begin" || (event.event === "step" && event.action === "begin"));
  const agent =
    begun.find((event) => event.type === "agent") ?? begun.findLast((event) => event.type === "solver");
  return asString(agent?.name);
}

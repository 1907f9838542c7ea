import {
  asCount,
  asNumber,
  asRecord,
  asString,
  defined,
  type JsonRecord,
  type RunFiles,
  type Tokens,
} from "../../src/extract/toolkit/index.ts";
import { timeOf } from "./message.ts";

/** What one request to the model cost, and when it was made. */
export interface Usage {
  tokens?: Tokens | undefined;
  cost_usd?: number | undefined;
  started_at?: string | undefined;
}

/** The `metrics` of a message: Cline's `{tokens, cost}`, or the flat ones of its SDK. */
export function metricsOf(raw: JsonRecord): Usage {
  const metrics = asRecord(raw.metrics);
  const nested = asRecord(metrics?.tokens);
  const tokens = nested
    ? tokensOf({ in: nested.prompt, out: nested.completion, read: nested.cached })
    : tokensOf({
        in: metrics?.inputTokens,
        out: metrics?.outputTokens,
        read: metrics?.cacheReadTokens,
        write: metrics?.cacheWriteTokens,
      });
  return { tokens, cost_usd: cost(metrics?.cost ?? metrics?.totalCost), started_at: timeOf(raw.ts) };
}

/** An `api_req_started` entry of the side panel; undefined for a request that was never answered. */
export function requestOf(entry: JsonRecord): Usage | undefined {
  const info = asRecord(parsed(asString(entry.text) ?? ""));
  const tokens = tokensOf({
    in: info?.tokensIn,
    out: info?.tokensOut,
    read: info?.cacheReads,
    write: info?.cacheWrites,
  });
  if (!tokens) return undefined;
  return { tokens, cost_usd: cost(info?.cost), started_at: timeOf(entry.ts) };
}

/**
 * The requests that the side panel tells of, in order. Nothing names the message that a request led to, so they
 * are used only where there are as many as there are replies.
 */
export function panelUsage(run: RunFiles, path: string | null, replies: number): readonly Usage[] {
  if (path === null) return [];
  const requests: Usage[] = [];
  for (const { value } of run.jsonl(path)) {
    const entry = asRecord(value);
    const usage = entry?.say === "api_req_started" ? requestOf(entry) : undefined;
    if (usage) requests.push(usage);
  }
  return requests.length === replies ? requests : [];
}

/** Counts of prompt tokens leave out what was read from or written to the cache. */
function tokensOf(counts: Partial<Record<"in" | "out" | "read" | "write", unknown>>): Tokens | undefined {
  const fresh = asCount(counts.in);
  const cached = asCount(counts.read);
  const input = fresh === undefined ? undefined : fresh + (cached ?? 0) + (asCount(counts.write) ?? 0);
  const tokens: Tokens = defined({ input, output: asCount(counts.out), cached });
  return Object.keys(tokens).length > 0 ? tokens : undefined;
}

function cost(value: unknown): number | undefined {
  const usd = asNumber(value);
  return usd !== undefined && usd >= 0 ? usd : undefined;
}

/** The value of a JSON text; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import {
  type AgentInfo,
  asArray,
  asRecord,
  type Outcome,
  type RunFiles,
  UNKNOWN_OUTCOME,
} from "../../src/extract/toolkit/index.ts";
import type { Entry } from "./entries.ts";

/** Aider's version and main model, as it prints them when it starts. */
export function agentOf(opening: readonly Entry[]): AgentInfo {
  const found = (pattern: RegExp): string | null =>
    opening.map(({ text }) => pattern.exec(text)?.[1]).find((value) => value !== undefined) ?? null;
  return {
    name: "aider",
    version: found(/^Aider v(\S+)/),
    model: found(/^(?:Main m|M)odels?: (.+?) with /) ?? found(/^Model: (\S+)/),
  };
}

const RESULTS = ".aider.results.json";

/** What Aider's benchmark writes beside the history: whether the tests passed after each try. */
export function benchmarkOutcome(run: RunFiles): { outcome: Outcome; files: string[] } {
  const results = asRecord(run.tryJson(RESULTS));
  const tries = asArray(results?.tests_outcomes).filter((value) => typeof value === "boolean");
  if (tries.length === 0) return { outcome: UNKNOWN_OUTCOME, files: [] };
  return {
    outcome: {
      ...UNKNOWN_OUTCOME,
      resolved: tries.includes(true),
      source: `${RESULTS} tests_outcomes`,
    },
    files: [RESULTS],
  };
}

import { type LearnedFormat, LearnedFormatSchema } from "../../src/extract/learned/definition.ts";
import { sourceDigest } from "../../src/extract/learned/read-store.ts";
import type { LearnedRecord } from "../../src/extract/learned/record.ts";

/** A format as a model would describe it. */
export const FORMAT: LearnedFormat = LearnedFormatSchema.parse({
  id: "my-agent",
  title: "My agent",
  files: ["*.mylog"],
  contents: "lines that begin with >",
});

/** A whole record for a source. */
export function learnedRecord(source: string, overrides: Partial<LearnedRecord> = {}): LearnedRecord {
  return {
    schema: 1,
    format: FORMAT,
    version: 1,
    source_digest: sourceDigest(source),
    instead_of: null,
    samples: [],
    evidence: [{ run: "this", step_count: 3, counted: null, fidelity: { passed: true, checks: [] } }],
    made: {
      codetracer_version: "0.0.0",
      model: "scripted:x.json",
      prompt_digest: "d",
      usage: { calls: 2, input_tokens: 10, output_tokens: 5, cost_usd: 0.5 },
      checks: 1,
    },
    accepted_at: "2026-01-01T00:00:00.000Z",
    ...overrides,
  };
}

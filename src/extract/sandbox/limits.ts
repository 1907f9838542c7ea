import { defined } from "../../util/narrow.ts";

/** What one call of a sandboxed extractor may use. */
export interface SandboxLimits {
  /** For one call of `extract`, reading included. */
  seconds?: number;
  /** Of the interpreter: everything the extractor holds at a time. */
  memory_mb?: number;
  /** Of the trajectory as JSON, in millions of characters. */
  output_mb?: number;
}

/** Enough for runs of 20 MB. */
export const DEFAULT_LIMITS: Required<SandboxLimits> = { seconds: 20, memory_mb: 256, output_mb: 64 };

/** `detect` is asked about every place whose names fit. */
const MAX_DETECT_SECONDS = 5;

/** The given limits, and the default ones for what is not given. */
export function limitsOf(limits: SandboxLimits): Required<SandboxLimits> {
  return { ...DEFAULT_LIMITS, ...defined(limits) };
}

/** The limits of a call of `detect`. */
export function detectLimits(limits: Required<SandboxLimits>): Required<SandboxLimits> {
  return { ...limits, seconds: Math.min(limits.seconds, MAX_DETECT_SECONDS), output_mb: 1 };
}

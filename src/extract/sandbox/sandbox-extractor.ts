import { CodeTracerError } from "../../util/errors.ts";
import type { Extractor } from "../extractor.ts";
import { callGuest } from "./call-guest.ts";
import { checkDefinition, type SandboxDefinition } from "./definition.ts";
import { detectLimits, limitsOf, type SandboxLimits } from "./limits.ts";
import { parseDetection, parseTrajectory } from "./parse-result.ts";

/**
 * A model-written extractor as an `Extractor` like any other. Its source is one ES module in plain JavaScript:
 *
 *     export function detect(run) { return { confidence: 0.8, reason: "…" }; }
 *     export function extract(run) { return { task, agent, steps, outcome, files_used, warnings }; }
 *
 * `run` has `focus`, `row`, `list(glob?)`, `has`, `size`, `isLfsPointer`, `head(path, bytes?)`, `text`, `json`,
 * `tryJson`, `lineAt(path, line)`, `lines` and `jsonl` as `RunFiles` describes them; `lines` gives `{text, line}`,
 * `jsonl` gives `{value, line_start, line_end}`. It is frozen; what it returns is the caller's own copy.
 * There is the language and nothing else: no import, console, timers, clock (Date wants a time), Math.random,
 * Intl, TextDecoder, structuredClone. Both functions are synchronous, and nothing outlives a call.
 *
 * `detect` answers 0 with the reason where the code fails; `extract` throws CodeTracerError `bad_extractor`, or
 * `sandbox` where the sandbox itself does not work. Throws `bad_extractor` at once for a definition that cannot be used.
 */
export function sandboxExtractor(definition: SandboxDefinition, limits: SandboxLimits = {}): Extractor {
  checkDefinition(definition);
  const { id, title, version, fingerprint, source } = definition;
  const whole = limitsOf(limits);
  return {
    id,
    title,
    version,
    fingerprint,
    detect: (run) => {
      try {
        return parseDetection(callGuest("detect", source, run, detectLimits(whole)), source);
      } catch (error) {
        if (!(error instanceof CodeTracerError)) throw error;
        return { confidence: 0, reason: error.message };
      }
    },
    extract: (run) => parseTrajectory(callGuest("extract", source, run, whole), run),
  };
}

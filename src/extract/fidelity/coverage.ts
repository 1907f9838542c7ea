import type { FidelityCheck } from "../../trajectory/extraction.ts";
import type { Survey } from "./survey.ts";

/** Under this share of the raw prose, most of the conversation was lost. */
const MIN_COVERAGE = 0.3;

/** Less prose may be anything. */
const MIN_SAMPLES = 200;

/** In shorter runs, prompts and settings outweigh the conversation. */
const MIN_STEPS = 10;

/**
 * The share of the raw prose that stands in some step, by places of comparison. System prompts and notes of the
 * harness are in no step, so the share is under 1 for a perfect reader; it is a floor against readers that lose
 * most of a run.
 */
export function checkCoverage(steps: number, { texts }: Survey): FidelityCheck {
  const name = "raw text found in steps";
  let samples = 0;
  let known = 0;
  for (const text of texts) {
    if (!text.isProse || text.isRepeated) continue;
    samples += text.samples;
    known += text.known;
  }
  if (samples < MIN_SAMPLES)
    return { name, passed: null, value: null, detail: "too little prose in the raw files" };
  const share = known / samples;
  return {
    name,
    passed: steps < MIN_STEPS ? null : share >= MIN_COVERAGE,
    value: share,
    detail: `${Math.floor(share * 100)} % of the prose, each text once`,
  };
}

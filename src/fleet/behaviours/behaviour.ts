import type { Evidence } from "../../trajectory/index.ts";
import type { RunRead } from "./run-read.ts";

/** One place where a behaviour shows. */
export interface Sign {
  /** 0 to 1: how often such a sign is expected to be right. */
  confidence: number;
  step_ids: readonly number[];
  /** Verbatim. A sign with a quote that does not stand where it is said to is dropped. */
  evidence: readonly Evidence[];
  /** In our words; text of the run stands in the quotes only. */
  reason: string;
}

/** A behaviour with the rule that approximates its rubric in `prompts/behaviours/<id>.md`. Pure. */
export interface Behaviour {
  id: string;
  /** Whether a run is the better for it. */
  polarity: "good" | "bad";
  /** What the record lacks to judge it, as a sentence; null = it can be judged. */
  lacks(run: RunRead): string | null;
  /** Where it shows; none = no sign of it. */
  signs(run: RunRead): Sign[];
}

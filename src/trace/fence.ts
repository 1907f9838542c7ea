import { createHash } from "node:crypto";
import type { Stage } from "../trajectory/stage.ts";
import type { IndexedStep } from "../trajectory/step.ts";
import { visibleText } from "./views/plain-text.ts";

const NONCE_DIGITS = 12;
const MASK = "[mark]";

/** What a nonce is made from: everything of a run that a model may get to read. */
export interface FencedRun {
  steps: readonly IndexedStep[];
  stages: readonly Stage[];
  /** null = not recorded. */
  task: string | null;
}

/**
 * 12 hex digits over the contents of a run: the same for the same run, so that two investigations of it are alike, and nothing that stands in the run can hold
 * it, since that would change it.
 */
export function nonceOf(run: FencedRun): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([run.task, run.stages]));
  for (const step of run.steps) hash.update(`${JSON.stringify(step)}\n`);
  return hash.digest("hex").slice(0, NONCE_DIGITS);
}

/** How the marks look, for the system prompt. */
export function fenceMark(nonce: string): string {
  return `<<<data ${nonce} … ${nonce} data>>>`;
}

/**
 * Text that is not to be trusted, between marks that it cannot hold: the nonce is masked wherever it stands in the text, and what a reader could not see
 * (control characters, zero-width and direction marks) is taken out.
 */
export function fenced(text: string, nonce: string): string {
  const body = visibleText(text).replaceAll("\r", "\n").replace(new RegExp(nonce, "gi"), MASK);
  return `<<<data ${nonce}\n${body.replace(/\n$/, "")}\n${nonce} data>>>`;
}

import { createHash } from "node:crypto";
import type { IndexedStep } from "../../trajectory/step.ts";

const TOKEN_DIGITS = 6;

/** Proof that a step was opened: 6 hex digits that only the step's own view shows. */
export function stepToken(nonce: string, stepId: number): string {
  return createHash("sha256").update(`${nonce}${stepId}`).digest("hex").slice(0, TOKEN_DIGITS);
}

/** The first line of a step's view, such as `[12] change ✗ exit 1 ↻9 · 3fa2c1`. */
export function stepHeader(step: IndexedStep, nonce: string): string {
  const marks = [
    step.failed ? "✗" : "",
    step.exit_code ? `exit ${step.exit_code}` : "",
    step.repeat_of === undefined ? "" : `↻${step.repeat_of}`,
    step.near_repeat_of === undefined ? "" : `≈${step.near_repeat_of}`,
  ].filter((mark) => mark !== "");
  return `[${step.step_id}] ${[step.kind, ...marks].join(" ")} · ${stepToken(nonce, step.step_id)}`;
}

/** What the parts of a view begin with; the part that follows the header always begins with one of them. */
export const PART_MARKS = { thinking: "thinks: ", action: "$ ", output: "output: " } as const;

const OPENED = /^\[(\d+)\] (?:explore|change)\b.* · ([0-9a-f]{6})\n(?=thinks: |\$ )/gm;

/** The steps whose views stand in an output, with their true tokens. A header alone, without what follows it, is no view. */
export function headersIn(output: string, nonce: string): number[] {
  return [...output.matchAll(OPENED)].flatMap(([, id = "", token = ""]) =>
    stepToken(nonce, Number(id)) === token ? [Number(id)] : [],
  );
}

const FORGED = /^(?=\[\d+\] (?:explore|change)\b)/gm;

/** Text of the run in a view: a line that looks like a header is set apart from the true ones. */
export function unlikeHeader(text: string): string {
  return text.replace(FORGED, "| ");
}

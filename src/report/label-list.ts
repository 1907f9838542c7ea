import type { Label } from "../trajectory/label.ts";
import type { Page } from "./page.ts";
import { placeOf, plural, stepRanges } from "./words.ts";

const OTHERS_SHOWN = 6;

/** Labels of neighbouring steps that say the same: one finding. */
interface Block {
  first: Label;
  step_ids: number[];
  /** The surest of its steps. */
  confidence: number;
}

/** What a diagnosis holds against the run: first what counts, in step order, then the rest, the surest first. */
export function labelList(page: Page, all: readonly Label[]): void {
  const counted = all.filter((one) => one.profiles.includes("codetracebench"));
  const others = all.filter((one) => !one.profiles.includes("codetracebench"));
  if (counted.length > 0) page.heading("Labels");
  for (const block of blocks(counted)) whole(page, block);
  if (others.length === 0) return;
  page.heading(counted.length > 0 ? "Also found, less telling" : "Found, none of it telling");
  const ranked = blocks(others).sort((a, b) => b.confidence - a.confidence);
  for (const block of ranked.slice(0, OTHERS_SHOWN)) short(page, block);
  const more = ranked.length - OTHERS_SHOWN;
  if (more > 0) page.paragraph(`and ${plural(more, "more finding")} in diagnosis.json`, 2, page.colors.dim);
}

function blocks(labels: readonly Label[]): Block[] {
  const found: Block[] = [];
  for (const label of labels) {
    const same = found.find(
      ({ first }) =>
        first.detector === label.detector &&
        first.label === label.label &&
        first.reasoning === label.reasoning,
    );
    if (same === undefined)
      found.push({ first: label, step_ids: [label.step_id], confidence: label.confidence });
    else {
      same.step_ids.push(label.step_id);
      same.confidence = Math.max(same.confidence, label.confidence);
    }
  }
  return found;
}

function whole(page: Page, block: Block): void {
  const { first } = block;
  title(page, block);
  page.paragraph(first.reasoning, 4);
  for (const evidence of first.evidence) page.quote(placeOf(evidence), evidence.quote, 4);
  if (first.better_alternative !== undefined) page.paragraph(`Instead: ${first.better_alternative}`, 4);
}

function short(page: Page, block: Block): void {
  title(page, block);
  page.paragraph(block.first.reasoning, 4);
  const [proof] = block.first.evidence;
  if (proof) page.quote(placeOf(proof), proof.quote, 4);
}

function title(page: Page, { first, step_ids, confidence }: Block): void {
  const { red, yellow } = page.colors;
  const steps = `${step_ids.length === 1 ? "step" : "steps"} ${stepRanges(step_ids)}`;
  const text = `${steps}: ${first.label}, confidence ${confidence.toFixed(2)} (${first.detector})`;
  page.paragraph(text, 2, first.label === "incorrect" ? red : yellow);
}

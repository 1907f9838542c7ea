import type { RunFiles } from "../../run/run-files.ts";
import type { FidelityCheck } from "../../trajectory/extraction.ts";
import type { Step } from "../../trajectory/step.ts";
import { isProse } from "./is-prose.ts";
import { isJsonLike } from "./raw-texts.ts";
import type { TextIndex } from "./text-index.ts";

/** Share of the lines that must stand in some step. */
const MIN_READ = 0.75;
const MIN_LINES = 20;
/** Shorter lines stand anywhere. */
const MIN_LINE_CHARS = 30;

/**
 * Whether lines of prose between the first and the last action of a plain text are in the steps. Lines that differ in
 * numbers only, as notes of a harness do, count once.
 */
export function checkPlainLines(
  run: RunFiles,
  steps: readonly Step[],
  index: TextIndex,
  unescapeRaw: (raw: string) => string = (raw) => raw,
): FidelityCheck {
  const name = "lines between the calls are read";
  const read = new Map<string, boolean>();
  for (const [path, span] of spansOf(steps)) {
    if (!run.has(path) || isJsonLike(run.head(path, 256).trimStart())) continue;
    for (const { text, line } of run.lines(path)) {
      if (line < span.line_start || text.length < MIN_LINE_CHARS) continue;
      if (line > span.line_end) break;
      const found = isProse(text) ? index.find(unescapeRaw(text)) : null;
      if (found && found.samples > 0) read.set(text.replace(/\d+/g, ""), found.known * 2 >= found.samples);
    }
  }
  if (read.size < MIN_LINES)
    return { name, passed: null, value: null, detail: "no plain text, or too few lines of prose in it" };
  const known = [...read.values()].filter(Boolean).length;
  const share = known / read.size;
  return { name, passed: share >= MIN_READ, value: share, detail: `${known} of ${read.size} distinct lines` };
}

/** In each file, the lines from the first action to the end of the last. */
function spansOf(steps: readonly Step[]): Map<string, { line_start: number; line_end: number }> {
  const spans = new Map<string, { line_start: number; line_end: number }>();
  for (const { action_ref: ref } of steps) {
    if (ref === null) continue;
    const known = spans.get(ref.path) ?? ref;
    spans.set(ref.path, {
      line_start: Math.min(known.line_start, ref.line_start),
      line_end: Math.max(known.line_end, ref.line_end),
    });
  }
  return spans;
}

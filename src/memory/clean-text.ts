import { createRedactor } from "../run/redact/index.ts";
import { INJECTION_PATTERNS } from "../trace/injection/patterns.ts";
import { visibleText } from "../util/visible-text.ts";

/**
 * Text that may hold words of a run, fit to be kept: on one line, without what cannot be seen, secrets replaced, cut at
 * `most` characters. Redaction comes before the cut: half a secret is not recognised.
 */
export function cleanText(text: string, most: number): string {
  const line = visibleText(text)
    .replace(/[\s`<>|]+/g, " ")
    .trim();
  const redacted = createRedactor().text(line);
  return redacted.length <= most
    ? redacted
    : `${redacted
        .slice(0, most - 1)
        .toWellFormed()
        .trimEnd()}…`;
}

/** Whether a text reads like an order to whoever reads it: kept, it would speak to every later investigation. */
export function readsLikeOrder(text: string): boolean {
  return INJECTION_PATTERNS.some(({ pattern }) => pattern.test(text));
}

/** As a name of a file or a kind: lower-case letters, digits and dashes; `""` where nothing is left. */
export function slug(text: string, most: number): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, most)
    .replace(/^-+|-+$/g, "");
}

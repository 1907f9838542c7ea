import { visibleText } from "./visible-text.ts";

const MASK = "[mark]";

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

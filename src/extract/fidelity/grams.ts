/** How many letters and digits in a row are compared. */
const GRAM_CHARS = 20;
const BASE = 0x01000193;
const REMOVED = powerOf(BASE, GRAM_CHARS);
/** The letters and digits that the hash at hand is of. Made once: most texts are short. */
const ring = new Uint16Array(GRAM_CHARS);
/** Of longer texts, the beginning and the end are compared. */
const MAX_CHARS = 64 << 10;

/**
 * Fills `into` with the hashes of some runs of letters and digits in a text, chosen by the text itself: the same run
 * is chosen wherever it stands. White space, quoting and escapes do not matter. Hashes lie below `2 ** bits`; of all
 * runs the share of `2 ** (bits - 32)` is chosen.
 */
export function grams(text: string, bits: number, into: number[]): void {
  into.length = 0;
  if (text.length < GRAM_CHARS) return;
  ring.fill(0);
  let hash = 0;
  let read = 0;
  let slot = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (!isAlphanumeric(code)) continue;
    hash = (Math.imul(hash, BASE) + code - Math.imul(ring[slot] ?? 0, REMOVED)) | 0;
    ring[slot] = code;
    slot = slot + 1 === GRAM_CHARS ? 0 : slot + 1;
    if (++read < GRAM_CHARS) continue;
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> 0;
    if (mixed >>> bits === 0) into.push(mixed);
  }
}

/** The beginning and the end of a long text. */
export function clip(text: string): string {
  return text.length <= MAX_CHARS ? text : `${text.slice(0, MAX_CHARS / 2)}\n${text.slice(-MAX_CHARS / 2)}`;
}

/** Letters and digits only: quoting, escapes and wrapping differ between a file and a step. */
export function squash(text: string): string {
  return text.replace(/[^0-9A-Za-z\u00c0-\uffff]+/g, "");
}

function isAlphanumeric(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code > 0xbf
  );
}

function powerOf(base: number, exponent: number): number {
  let power = 1;
  for (let round = 0; round < exponent; round++) power = Math.imul(power, base);
  return power;
}

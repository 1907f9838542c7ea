/** Bytes of output from which on a command is stopped: nobody reads as much, and keeping it costs memory. */
export const FLOOD_BYTES = 8 * 1024 * 1024;

/**
 * Collects output of any length and keeps its two ends, so that memory stays bounded. Characters are UTF-16 units, and no pair
 * of them is cut apart.
 */
export class CutOutput {
  readonly #headChars: number;
  readonly #tailChars: number;
  #head = "";
  #tail = "";
  #chars = 0;

  /** `limitChars` = what is kept at most, half of it from the beginning. */
  constructor(limitChars: number) {
    this.#headChars = Math.ceil(limitChars / 2);
    this.#tailChars = limitChars - this.#headChars;
  }

  /** Adds what came next. */
  push(text: string): void {
    this.#chars += text.length;
    const missing = this.#headChars - this.#head.length;
    this.#head += text.slice(0, missing);
    this.#tail += text.slice(missing);
    if (this.#tail.length > 2 * this.#tailChars + 65_536) this.#tail = last(this.#tail, this.#tailChars);
  }

  /** What is kept, with the number of characters that are missing where they were. */
  result(): { output: string; elided_chars: number } {
    if (this.#chars <= this.#headChars + this.#tailChars)
      return { output: this.#head + this.#tail, elided_chars: 0 };
    const head = this.#head.replace(/[\uD800-\uDBFF]$/, "");
    const tail = last(this.#tail, this.#tailChars).replace(/^[\uDC00-\uDFFF]/, "");
    const elided = this.#chars - head.length - tail.length;
    const mark = `[… ${elided.toLocaleString("en-US")} characters elided …]`;
    return { output: `${head}\n${mark}\n${tail}`, elided_chars: elided };
  }
}

function last(text: string, chars: number): string {
  return text.slice(text.length - Math.min(chars, text.length));
}

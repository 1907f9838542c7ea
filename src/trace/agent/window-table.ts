/** Of a line longer than this a stretch of so many characters proves where it was taken from. */
export const WINDOW_CHARS = 24;
/** The owner of a window that nobody has put in. */
export const NOBODY = 0;

/** Owners of windows by their hashes: open addressing in typed arrays, since runs have millions. Owners are not 0. */
export class WindowTable {
  readonly #mask: number;
  readonly #highs: Int32Array;
  readonly #lows: Int32Array;
  readonly #owners: Int32Array;

  /** For at most so many windows. */
  constructor(windows: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(8, windows * 2)));
    this.#mask = size - 1;
    this.#highs = new Int32Array(size);
    this.#lows = new Int32Array(size);
    this.#owners = new Int32Array(size);
  }

  /** Where a window stands, or would. */
  place(high: number, low: number): number {
    let at = (Math.imul(high ^ (low >>> 3), 0x9e3779b1) >>> 7) & this.#mask;
    while (this.#owners[at] !== NOBODY && (this.#highs[at] !== high || this.#lows[at] !== low))
      at = (at + 1) & this.#mask;
    return at;
  }

  owner(place: number): number {
    return this.#owners[place] ?? NOBODY;
  }

  put(place: number, high: number, low: number, owner: number): void {
    this.#highs[place] = high;
    this.#lows[place] = low;
    this.#owners[place] = owner;
  }
}

const BASES = [0x01000193, 0x5bd1e995] as const;
const FIRST_FACTORS = BASES.map((base) => power(base, WINDOW_CHARS - 1));

/** Every window of a line of at least that length, by two rolling hashes of 32 bits. */
export function eachWindow(line: string, visit: (high: number, low: number, at: number) => void): void {
  const [highBase, lowBase] = BASES;
  const [highFirst = 0, lowFirst = 0] = FIRST_FACTORS;
  let high = 0;
  let low = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at) + 1;
    if (at >= WINDOW_CHARS) {
      const gone = line.charCodeAt(at - WINDOW_CHARS) + 1;
      high = (high - Math.imul(gone, highFirst)) | 0;
      low = (low - Math.imul(gone, lowFirst)) | 0;
    }
    high = (Math.imul(high, highBase) + code) | 0;
    low = (Math.imul(low, lowBase) + code) | 0;
    if (at >= WINDOW_CHARS - 1) visit(high, low, at - WINDOW_CHARS + 1);
  }
}

function power(base: number, exponent: number): number {
  let product = 1;
  for (let times = 0; times < exponent; times++) product = Math.imul(product, base);
  return product;
}

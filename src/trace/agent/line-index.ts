import { eachWindow, NOBODY, WINDOW_CHARS, WindowTable } from "./window-table.ts";

/** A line of at least so many characters proves where it was taken from, if it stands in one source only. */
const LINE_CHARS_LEAST = 16;
/** Every so many characters of a line a window is kept; any stretch of WINDOW + STRIDE characters then holds a whole one. */
const STRIDE = 12;
const SHARED = -1;
/** A stretch with fewer different characters is dashes or blanks and proves nothing. */
const DISTINCT_CHARS_LEAST = 5;

/** Some text and whose it is. */
export interface LineSource {
  id: number;
  texts: readonly string[];
}

/** Finds out which of some texts a piece of text was taken from. */
export interface LineIndex {
  /** The ids of the sources of which words stand in the text: a line, or a stretch of one, that no other source and no common text holds. */
  sourcesIn(text: string): number[];
}

/**
 * Indexes the lines of sources of 16 characters and more. What stands in two sources, or in `common`, tells nothing. Takes time and room in proportion to
 * the texts.
 */
export function lineIndex(sources: readonly LineSource[], common: readonly string[]): LineIndex {
  const owners = new Owners(sources);
  for (const { id, texts } of sources)
    for (const line of texts.flatMap(linesOf)) {
      if (line.length < WINDOW_CHARS) owners.addLine(line, id);
      else eachWindow(line, (high, low, at) => isKept(line, at) && owners.addWindow(high, low, id));
    }
  for (const { id, texts } of [...sources, { id: SHARED, texts: common }])
    owners.visit(texts, (owner, disown) => {
      if (owner !== id) disown();
    });
  return {
    sourcesIn: (text) => {
      const found = new Set<number>();
      owners.visit([text], (owner) => found.add(owner));
      found.delete(SHARED);
      return [...found];
    },
  };
}

/** Whose a window or a short line is. */
class Owners {
  readonly #lines = new Map<string, number>();
  readonly #windows: WindowTable;

  constructor(sources: readonly LineSource[]) {
    const chars = sources.flatMap(({ texts }) => texts).reduce((sum, text) => sum + text.length, 0);
    this.#windows = new WindowTable(Math.ceil(chars / STRIDE + chars / WINDOW_CHARS));
  }

  addLine(line: string, id: number): void {
    if (isTelling(line, 0, line.length))
      this.#lines.set(line, (this.#lines.get(line) ?? id) === id ? id : SHARED);
  }

  addWindow(high: number, low: number, id: number): void {
    const place = this.#windows.place(high, low);
    const owner = this.#windows.owner(place);
    this.#windows.put(place, high, low, owner === NOBODY || owner === id ? id : SHARED);
  }

  /** Every mark of the texts that somebody owns. */
  visit(texts: readonly string[], see: (owner: number, disown: () => void) => void): void {
    for (const line of texts.flatMap(linesOf)) {
      if (line.length < WINDOW_CHARS) {
        const owner = this.#lines.get(line);
        if (owner !== undefined) see(owner, () => this.#lines.set(line, SHARED));
      } else
        eachWindow(line, (high, low) => {
          const place = this.#windows.place(high, low);
          const owner = this.#windows.owner(place);
          if (owner !== NOBODY) see(owner, () => this.#windows.put(place, high, low, SHARED));
        });
    }
  }
}

/** Without what stands around a line: indents differ with the way it was printed. */
function linesOf(text: string): string[] {
  return text
    .split(/[\n\r]/)
    .map((line) => line.trim().replace(/\s+/g, " "))
    .filter((line) => line.length >= LINE_CHARS_LEAST);
}

function isKept(line: string, at: number): boolean {
  if (at % STRIDE !== 0 && at !== line.length - WINDOW_CHARS) return false;
  return isTelling(line, at, at + WINDOW_CHARS);
}

function isTelling(line: string, from: number, to: number): boolean {
  let seen = 0;
  let distinct = 0;
  for (let at = from; at < to && distinct < DISTINCT_CHARS_LEAST; at++) {
    const bit = 1 << (line.charCodeAt(at) & 31);
    if ((seen & bit) === 0) distinct++;
    seen |= bit;
  }
  return distinct >= DISTINCT_CHARS_LEAST;
}

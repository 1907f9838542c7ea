/** Letters and digits in a row from which on two texts are held to share them by more than chance. */
export const RUN_CHARS = 40;
/** Every window of RUN_CHARS holds one whole block that begins at a multiple of this. */
const BLOCK_CHARS = RUN_CHARS / 2;

/** A short squashed text, to be compared with long ones. */
export interface WindowIndex {
  /** Every piece of RUN_CHARS. */
  windows: ReadonlySet<string>;
  /** Every piece of BLOCK_CHARS of those. */
  blocks: ReadonlySet<string>;
}

/** The pieces of a squashed text, without the ones that `isLeftOut` names. */
export function windowIndex(text: string, isLeftOut: (window: string) => boolean = () => false): WindowIndex {
  const windows = new Set<string>();
  const blocks = new Set<string>();
  for (let at = 0; at + RUN_CHARS <= text.length; at++) {
    const window = text.slice(at, at + RUN_CHARS);
    if (windows.has(window) || isLeftOut(window)) continue;
    windows.add(window);
    for (let from = 0; from <= RUN_CHARS - BLOCK_CHARS; from++)
      blocks.add(window.slice(from, from + BLOCK_CHARS));
  }
  return { windows, blocks };
}

/** The pieces of the index that stand in another squashed text, and where in it; some come more than once. Linear in `other`. */
export function* windowsIn(
  { windows, blocks }: WindowIndex,
  other: string,
): Generator<{ window: string; start: number }> {
  for (let at = 0; at + BLOCK_CHARS <= other.length; at += BLOCK_CHARS) {
    if (!blocks.has(other.slice(at, at + BLOCK_CHARS))) continue;
    for (let start = Math.max(0, at - BLOCK_CHARS); start <= at; start++) {
      const window = other.slice(start, start + RUN_CHARS);
      if (windows.has(window)) yield { window, start };
    }
  }
}

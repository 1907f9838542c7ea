/** A source of numbers in [0, 1), the same for the same seed on every machine. */
export type Random = () => number;

/** mulberry32 (Tommy Ettinger's generator): 32 bits of state, period 2^32. Only the lower 32 bits of the seed count. */
export function mulberry32(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed of its own for each purpose (32-bit FNV-1a over UTF-16 units), so that one method's draws do not move another's. */
export function seedFor(seed: number, ...purpose: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify([seed, ...purpose])) {
    hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  }
  return hash >>> 0;
}

/** A whole number from 0 to `below` − 1. */
export function randomIndex(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** `size` different whole numbers from 1 to `length`, ascending, every subset equally likely (Floyd's method); all of them when there are fewer. */
export function randomSteps(random: Random, length: number, size: number): number[] {
  const chosen = new Set<number>();
  for (let top = length - Math.min(size, length) + 1; top <= length; top++) {
    const step = 1 + randomIndex(random, top);
    chosen.add(chosen.has(step) ? top : step);
  }
  return [...chosen].sort((a, b) => a - b);
}

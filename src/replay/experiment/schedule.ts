import { mulberry32, seedFor } from "../../stats/prng.ts";

/** The two ways in which the agent is run. */
export const ARMS = ["with_hint", "without_hint"] as const;
export type Arm = (typeof ARMS)[number];

/** One attempt that is to be made. */
export interface Planned {
  /** From 1, in the order in which attempts are made. */
  order: number;
  arm: Arm;
  /** From 1: the attempt of each arm with the same number are compared with each other. */
  pair: number;
  /** Handed to the agent; the same in both attempts of a pair. */
  seed: number;
}

/** The attempts in the order in which they are made: pair after pair, so that what changes over time meets both arms, and in each pair a coin says which goes first. */
export function schedule(pairs: number, seed: number): Planned[] {
  const random = mulberry32(seedFor(seed, "order"));
  return Array.from({ length: pairs }, (_, index) => index + 1).flatMap((pair) => {
    const arms = random() < 0.5 ? ARMS : [...ARMS].reverse();
    return arms.map((arm, second) => ({
      order: 2 * pair - 1 + second,
      arm,
      pair,
      seed: seedFor(seed, "pair", String(pair)),
    }));
  });
}

/** `with-hint-3`: how files and messages name an attempt. */
export function attemptName({ arm, pair }: Pick<Planned, "arm" | "pair">): string {
  return `${arm.replace("_", "-")}-${pair}`;
}

/** What a step is, in a strip that has one character a step. */
export interface StripStep {
  isChange: boolean;
  isFailed: boolean;
  isIncorrect: boolean;
  isUnuseful: boolean;
  isCascade: boolean;
  isRepeat: boolean;
}

const BITS: readonly (keyof StripStep)[] = [
  "isChange",
  "isFailed",
  "isIncorrect",
  "isUnuseful",
  "isCascade",
  "isRepeat",
];
/** One character for each of the 64 ways to combine the six. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A step as one character. */
export function encodeStep(step: StripStep): string {
  return ALPHABET[BITS.reduce((code, bit, index) => code + (step[bit] ? 2 ** index : 0), 0)] ?? "A";
}

/** The steps of a strip, in order. */
export function decodeStrip(strip: string): StripStep[] {
  return [...strip].map((character) => {
    const code = Math.max(0, ALPHABET.indexOf(character));
    const isSet = (bit: number) => Math.floor(code / 2 ** bit) % 2 === 1;
    return {
      isChange: isSet(0),
      isFailed: isSet(1),
      isIncorrect: isSet(2),
      isUnuseful: isSet(3),
      isCascade: isSet(4),
      isRepeat: isSet(5),
    };
  });
}

/** Letters and digits of a text in lower case, and where each of them stood. */
export interface Squashed {
  text: string;
  /** The line, from 1, that a character of `text` comes from. */
  lineOf(index: number): number;
}

const OTHERS = /[^\p{L}\p{N}]+/gu;
/** What pytest puts in front of each line of an error. */
const ERROR_MARK = /^E {2,}/;

/** The letters and digits of a text, in lower case: what is left when a text was wrapped, indented, quoted or escaped another way. */
export function squash(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(OTHERS, "");
}

/** The same, for telling lines; without the marks that a test runner puts in front of them. */
export function squashLines(text: string): Squashed {
  const starts: number[] = [];
  const pieces: string[] = [];
  let length = 0;
  for (const line of text.split("\n")) {
    starts.push(length);
    const piece = squash(line.replace(ERROR_MARK, ""));
    pieces.push(piece);
    length += piece.length;
  }
  return {
    text: pieces.join(""),
    lineOf: (index) => starts.findLastIndex((start) => start <= index) + 1,
  };
}

/** A text is judged by its beginning. */
const JUDGED_CHARS = 1000;
const MIN_LETTERS = 24;
/** Words are shorter than this in the mean. */
const MAX_WORD_CHARS = 12;

/** Whether a text is running text: words between spaces, not ids, paths, numbers or base64. */
export function isProse(text: string): boolean {
  const end = Math.min(text.length, JUDGED_CHARS);
  let letters = 0;
  let words = 1;
  let isInSpace = false;
  for (let index = 0; index < end; index++) {
    const code = text.charCodeAt(index);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code >= 0xc0) letters++;
    if (code <= 0x20 && !isInSpace) words++;
    isInSpace = code <= 0x20;
  }
  return letters >= MIN_LETTERS && letters * 2 >= end && words * MAX_WORD_CHARS >= end;
}

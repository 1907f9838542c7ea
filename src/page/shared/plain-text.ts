/** Colours and cursor moves of a terminal: noise on a page. */
const TERMINAL_SEQUENCES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-Z\\^-~]/g;
const LINE_BREAKS = /\r+\n|[\u0085\u2028\u2029\u000b\u000c]/g;
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f]/g;
/** What has no width or turns the direction of text. */
const INVISIBLE =
  /[\u0080-\u009f\ufff9-\ufffb]|\u200c|\u200d|\ufe0e|\ufe0f|\p{Default_Ignorable_Code_Point}/gu;
/** Marks stacked on one letter run over the lines above and below. */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;
const PLAIN = /^[\n\t -~]*$/;
/** Joiners and selectors that emoji and scripts are written with. */
const NEEDED = /\u200c|\u200d|\ufe0e|\ufe0f/;

/**
 * A text of a run as the page shows it: without terminal sequences; other control characters as their pictures; what is invisible
 * or turns the direction of text as `�`.
 */
export function plainText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(LINE_BREAKS, "\n")
    .replace(TERMINAL_SEQUENCES, "")
    .replaceAll("\r", "⏎\n")
    .replace(CONTROLS, (character) => controlPicture(character.charCodeAt(0)))
    .replace(INVISIBLE, (character) => (NEEDED.test(character) ? character : "�"))
    .replace(STACKED_MARKS, "$1");
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plainText(text)
    .replace(/\s*\n\s*/g, " ⏎ ")
    .trim();
}

function controlPicture(code: number): string {
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
}

const ESCAPES =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]?|\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b\n]*(?:\u001b\\)?|[ -/]*[0-~]?)/g;
const LINE_ENDS = /\r+\n|[\u0085\u2028\u2029\u000b\u000c]/g;
/** Control characters, and those that take no room, turn the writing direction or carry hidden text. */
const UNSEEN =
  /(?![\n\t\r])\p{Cc}|\p{Cf}|[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const PLAIN = /^[\n\t -~]*$/;

/** The characters of a text that can be seen: no escape sequences, control or invisible characters, lone surrogates. Linear. */
export function visibleText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(LINE_ENDS, "\n").replace(ESCAPES, "").replace(UNSEEN, "").replace(LONE_SURROGATES, "");
}

const LINE_CHARS = 300;

/** A program that says of itself that it failed. */
const PLAIN =
  /^(?:E: |error\b|ERROR\b|Error\b|fatal: |FATAL\b|\w*(?:Error|Exception): |[\w./+-]+: (?:fatal |internal )?error|\S+:\d+:(?:\d+:)? (?:fatal )?error: )/;
const NAMES_ERROR =
  /(?<![\w-])(?:errors?|fatal(?: error)?:|panic|undefined reference|cannot|can't|could not|couldn't|unable to|not found|no such file|denied|refused|unrecognized|invalid|illegal option|unsupported|externally-managed-environment)(?![\w-])|^E: |\w(?:Error|Exception)\b/i;
const NO_ERROR = /\b(?:0|no|without) (?:errors?|fail(?:ed|ures?)?)\b|\bwarning: |\berror[: ]+[\d.]+$/i;

/**
 * The line that tells of a failure, trimmed: the last that says so of itself, else, where the command is known to have failed, the first
 * that names one; null = there is none.
 */
export function errorIn(lines: readonly string[], isFailed = true): string | null {
  const short = lines
    .map((line) => line.trim())
    .filter((line) => line.length > 0 && line.length <= LINE_CHARS && !NO_ERROR.test(line));
  const plain = short.findLast((line) => PLAIN.test(line));
  return plain ?? (isFailed ? short.find((line) => NAMES_ERROR.test(line)) : undefined) ?? null;
}

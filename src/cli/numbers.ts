import { CodeTracerError } from "../util/errors.ts";

/** The whole number of a flag. Throws CodeTracerError `bad_argument`. */
export function wholeNumber(
  flag: string,
  text: string,
  { least = 1, most = 999_999_999 }: { least?: number; most?: number } = {},
): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number >= least && number <= most) return number;
  const range = most === 999_999_999 ? `from ${least} on` : `from ${least} to ${most}`;
  throw new CodeTracerError("bad_argument", `${flag} takes a whole number ${range}, not ${text}`);
}

/** The dollars of a flag. Throws CodeTracerError `bad_argument`. */
export function dollars(flag: string, text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  throw new CodeTracerError("bad_argument", `${flag} takes dollars such as 2.50, not ${text}`);
}

/** The share of a flag, 0 to 1. Throws CodeTracerError `bad_argument`. */
export function share(flag: string, text: string): number {
  const number = Number(text);
  if (/^(?:0|1|0?\.\d+|[01]\.\d+)$/.test(text) && number <= 1) return number;
  throw new CodeTracerError("bad_argument", `${flag} takes a number from 0 to 1, not ${text}`);
}

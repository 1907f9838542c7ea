import { AnchorScanner } from "./anchors.ts";
import { VALUE_CHAR } from "./context-rules.ts";
import type { Match } from "./match.ts";
import { privateKeyBody } from "./private-key.ts";
import type { SecretRule } from "./rule.ts";
import { PRIVATE_KEY, PRIVATE_KEY_ANCHOR, RULES } from "./rules.ts";

const MAX_BEFORE_CHARS = 120;
const REST_OF_VALUE = new RegExp(`${VALUE_CHAR}*`, "y");
const anchors = [
  ...new Set(
    [PRIVATE_KEY_ANCHOR, ...RULES.flatMap((rule) => rule.anchors)].map((anchor) => anchor.toLowerCase()),
  ),
];
const rulesByAnchor = anchors.map((anchor) =>
  RULES.filter((rule) => rule.anchors.some((own) => own.toLowerCase() === anchor)),
);
const privateKeyAnchor = anchors.indexOf(PRIVATE_KEY_ANCHOR.toLowerCase());
/** Made when it is first needed: whoever only loads this should not pay for it. */
let scanner: AnchorScanner | undefined;

/** Every secret that the rules see in a text. Matches may overlap. */
export function findSecrets(text: string): Match[] {
  const matches: Match[] = [];
  scanner ??= new AnchorScanner(anchors);
  scanner.scan(text, (anchor, start) => {
    if (anchor === privateKeyAnchor) {
      const body = privateKeyBody(text, start);
      if (body !== null) matches.push({ ...body, rule: PRIVATE_KEY });
      return;
    }
    for (const rule of rulesByAnchor[anchor] ?? []) {
      const match = matchAt(text, start, rule);
      if (match === null) continue;
      matches.push(match);
      return;
    }
  });
  return matches;
}

function matchAt(text: string, start: number, rule: SecretRule): Match | null {
  if (rule.before === undefined && !isWordStart(text, start)) return null;
  rule.pattern.lastIndex = start;
  const found = rule.pattern.exec(text);
  if (found === null) return null;
  let [from, to] = found.indices?.groups?.secret ?? found.indices?.[0] ?? [start, start];
  if (rule.before instanceof RegExp) {
    const before = rule.before.exec(text.slice(Math.max(0, start - MAX_BEFORE_CHARS), start));
    if (before === null) return null;
    from -= before.groups?.secret?.length ?? 0;
  }
  if (isInMark(text, start)) return null;
  const secret = text.slice(from, to);
  const { body = secret, quote } = found.groups ?? {};
  if (!rule.isReal({ secret, body, isQuoted: quote !== undefined })) return null;
  if (rule.isOpenEnded) {
    to = endOfValue(text, to);
    // A call or an element of something, not a value; or one that goes on in what was redacted before.
    if (/[([]/.test(text[to] ?? "")) return null;
  }
  return { start: from, end: to, rule: rule.id };
}

/** The end of a value that is longer than what a pattern takes of it. */
function endOfValue(text: string, at: number): number {
  REST_OF_VALUE.lastIndex = at;
  REST_OF_VALUE.test(text);
  return REST_OF_VALUE.lastIndex;
}

/** In the name of a rule that stands for what was redacted before. */
function isInMark(text: string, start: number): boolean {
  return /\[REDACTED:[a-z0-9-]{0,40}$/.test(text.slice(Math.max(0, start - 60), start));
}

/**
 * Not inside of a word, unless behind an escaped line break (`\nghp_…`) or an escaped sign (`%3Dghp_…`). What
 * was redacted counts as part of a word: it may have been one.
 */
function isWordStart(text: string, start: number): boolean {
  const before = text[start - 1] ?? "";
  if (before === "]")
    return !/\[REDACTED:[a-z0-9-]{0,40}\]$/.test(text.slice(Math.max(0, start - 60), start));
  if (!/[\w-]/.test(before)) return true;
  return /\\[nrt]$|%[0-9A-Fa-f]{2}$/.test(text.slice(Math.max(0, start - 3), start));
}

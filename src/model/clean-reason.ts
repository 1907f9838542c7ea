import { stripVTControlCharacters } from "node:util";

const MAX_CHARS = 200;
const PROBE_CHARS = 32;
const UNPRINTABLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]+/gu;
const SECRET_NAME = /key|token|secret|passw|credential|auth/i;
const MIN_SECRET_CHARS = 8;
const SECRETS = [
  /\b(?:sk|pk|rk|key|gsk|xai|hf|ghp|gho|ghs|glpat|AKIA|AIza)[-_]?[A-Za-z0-9_-]{12,}/g,
  /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi,
  /\beyJ[\w-]{8,}\.[\w.-]+/g,
  /[\w+=-]{40,}/g,
];

/**
 * What another program said about its failure, short enough and safe to show: its last 200 characters that can be printed, on one line, with keys
 * masked. Empty where it would repeat the prompt.
 */
export function cleanReason(
  said: string,
  { env, prompt }: { env: Readonly<Record<string, string | undefined>>; prompt: string },
): string {
  const line = stripVTControlCharacters(said)
    .toWellFormed()
    .replace(UNPRINTABLE, " ")
    .replace(/\s+/g, " ")
    .trim();
  const reason = maskSecrets(line, env);
  const tail = reason.length > MAX_CHARS ? `…${reason.slice(-MAX_CHARS)}` : reason;
  return repeats(tail, prompt) ? "" : tail;
}

function maskSecrets(text: string, env: Readonly<Record<string, string | undefined>>): string {
  let masked = text;
  for (const [name, value = ""] of Object.entries(env)) {
    const secret = value.trim();
    const isSecret = secret.length >= MIN_SECRET_CHARS && SECRET_NAME.test(name);
    if (isSecret) masked = masked.replaceAll(secret, "[key]");
  }
  for (const pattern of SECRETS) masked = masked.replace(pattern, "[key]");
  return masked;
}

/** Whether a stretch of some length stands in the prompt as well. */
function repeats(text: string, prompt: string): boolean {
  const flat = prompt.replace(/\s+/g, " ");
  for (let at = 0; at + PROBE_CHARS <= text.length; at++) {
    if (flat.includes(text.slice(at, at + PROBE_CHARS))) return true;
  }
  return false;
}

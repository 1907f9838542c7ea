import type { AnswerFacts } from "./error-answer.ts";
import type { ModelFailure } from "./model-error.ts";

/** What an error answer comes to. */
export interface AnswerKind {
  failure: ModelFailure;
  /** The content was refused. */
  refused: boolean;
  /** Waiting does not help, although failures of this kind pass as a rule. */
  final: boolean;
}

/** How servers say that the prompt is too long. */
const OVERFLOW_WORDS = [
  /\bprompt (?:is )?too (?:long|large)|\binput is too long|request too large/i,
  /\bcontext (?:limit|length|window|size)\b.{0,80}\bexceed|\bexceed\S*\b.{0,80}\bcontext (?:limit|length|window|size)\b/i,
  /\bmaximum (?:context|model|prompt|allowed input) length\b/i,
  /\bcontext length of only\b|\bcontext the overflows\b|\breached context length\b/i,
  /\btokens?\b.{0,40}\bexceeds?\b.{0,40}\b(?:maximum|max_seq_len|max_model_len)\b/i,
  /\binputs`? tokens \+ `?max_new_tokens\b|\btoo large for model with\b/i,
];
const OVERFLOW_NAMES = [
  "context_length_exceeded",
  "exceed_context_size_error",
  "request_too_large",
  "string_above_max_length",
];

const KEY_NAMES = ["authentication_error", "permission_error", "invalid_api_key"];
const MODEL_NAMES = ["not_found_error", "model_not_found"];
const MODEL_WORDS =
  /\bnot a valid model\b|\bmodel\b.{0,100}\b(?:not exist|not found|is not supported|unknown model)\b/i;
const LIMIT_NAMES = ["rate_limit_error", "rate_limit_exceeded"];
const CREDIT_NAMES = ["insufficient_quota", "billing_error"];
const CREDIT_WORDS = /\bcredit balance is too low\b|\binsufficient (?:balance|credits|quota)\b/i;
const REFUSAL_NAMES = [
  "content_filter",
  "content_policy_violation",
  "invalid_prompt",
  "bio_policy",
  "cyber_policy",
];
const REFUSAL_WORDS = /\brequires moderation\b|\binput was flagged\b/i;
const SERVER_NAMES = ["overloaded_error", "api_error", "server_error"];

/** Sorts an error answer into the failures that callers tell apart, by names and words before the status where a status is ambiguous. */
export function classifyAnswer(facts: AnswerFacts): AnswerKind {
  const { status, words } = facts;
  const named = (names: readonly string[]) => facts.names.some((name) => names.includes(name));
  const kind = (failure: ModelFailure, more: Partial<AnswerKind> = {}): AnswerKind => ({
    failure,
    refused: false,
    final: false,
    ...more,
  });

  if (named(REFUSAL_NAMES) || REFUSAL_WORDS.test(words))
    return kind("bad_request", { refused: true, final: true });
  if (status === 402 || named(CREDIT_NAMES) || CREDIT_WORDS.test(words))
    return kind("rate_limited", { final: true });
  if (status === 401 || status === 403 || named(KEY_NAMES)) return kind("rejected_key");
  if (named(OVERFLOW_NAMES) || status === 413) return kind("context_overflow", { final: true });
  if (status === 429 || named(LIMIT_NAMES)) return kind("rate_limited");
  if (OVERFLOW_WORDS.some((pattern) => pattern.test(words))) return kind("context_overflow", { final: true });
  if (status === 404 || status === 405 || named(MODEL_NAMES)) return kind("unknown_model");
  if (status === 408 || named(["timeout_error"])) return kind("timeout");
  if ((status !== null && status >= 500) || status === 409 || named(SERVER_NAMES)) return kind("server");
  if (MODEL_WORDS.test(words)) return kind("unknown_model");
  // An error inside a stream comes after the request was accepted.
  return kind(status === null && facts.names.length === 0 ? "server" : "bad_request");
}

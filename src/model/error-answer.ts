import { asArray, asNumber, asRecord, asString, at } from "../util/narrow.ts";

/** A server's error answer, whether it came instead of a reply or in the middle of one. Its body may quote the prompt and is never shown. */
export class ErrorAnswer extends Error {
  /** null = it came inside a stream that had begun well. */
  readonly status: number | null;
  readonly headers: Headers | null;
  readonly body: unknown;

  constructor(status: number | null, headers: Headers | null, body: unknown) {
    // The clients look for the words of a timeout in messages, so this one holds nothing of the answer.
    super("the server answered with an error");
    this.name = "ErrorAnswer";
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** What an error answer says, in whichever of the known shapes. Everything but the status is the server's word. */
export interface AnswerFacts {
  status: number | null;
  /** Names of the failure, such as `invalid_request_error`. */
  names: readonly string[];
  /** The parameter that it is about. */
  param: string | null;
  /** For people; null = none. */
  message: string | null;
  /** The message and what a proxy passes on of the message behind it: for matching only. */
  words: string;
}

/** Reads an error answer: OpenAI's and Anthropic's shapes, `{message}`, `{detail}`, `{error: "…"}` and plain text. */
export function readAnswer(answer: ErrorAnswer): AnswerFacts {
  const error = innermost(answer.body);
  const message = asString(error.message) ?? asString(error.detail) ?? null;
  const code = asNumber(error.code);
  const raw = asString(at(error, "metadata", "raw")) ?? "";
  return {
    status: answer.status ?? (code !== undefined && code >= 400 && code < 600 ? code : null),
    names: [error.type, error.code, at(error, "details", "error_code")].flatMap(
      (name) => asString(name) ?? [],
    ),
    param: asString(error.param) ?? null,
    message,
    words: [message ?? "", raw, ...asArray(error.detail).map(detailWords)].join(" "),
  };
}

/** Looks through what was thrown, and what caused it, for an error answer. */
export function answerOf(thrown: unknown): ErrorAnswer | null {
  let current = thrown;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if (current instanceof ErrorAnswer) return current;
    // The clients' own errors, for what comes inside a stream.
    const body = (current as { error?: unknown }).error;
    if (body !== undefined && body !== null) return new ErrorAnswer(null, null, body);
    current = current.cause;
  }
  return null;
}

function innermost(body: unknown): Readonly<Record<string, unknown>> {
  const record = asRecord(body);
  if (record === undefined) return { message: asString(body) };
  const inner = record.error;
  return asRecord(inner) ?? (typeof inner === "string" ? { ...record, message: inner } : record);
}

/** One entry of a validation error: where, and what is wrong. */
function detailWords(detail: unknown): string {
  return [...asArray(at(detail, "loc")), at(detail, "msg")]
    .filter((part) => typeof part === "string")
    .join(" ");
}

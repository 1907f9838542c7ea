import { cleanReason } from "./clean-reason.ts";
import { type AnswerFacts, answerOf, readAnswer } from "./error-answer.ts";
import { classifyAnswer } from "./failure-kinds.ts";
import type { HttpServer } from "./http-server.ts";
import { ModelError, type ModelFailure } from "./model-error.ts";
import { retryAfterMs } from "./retry-after.ts";

/** Longest wait that a server may ask for; a batch had better fail than sleep for hours. */
export const MAX_WAIT_MS = 10 * 60_000;

/** What a try that gave no reply comes to. */
export interface HttpFailure {
  error: ModelError;
  /** The provider refused the content: a reply without text, not an error. */
  refused: boolean;
  /** Whether another try can help. */
  again: boolean;
  /** What the server asked for, at most MAX_WAIT_MS; null = nothing. */
  wait_ms: number | null;
}

/** What the reading of a failure needs to know besides what was thrown. */
export interface FailureScene {
  server: HttpServer;
  env: Readonly<Record<string, string | undefined>>;
  /** Text that was sent, which no message may repeat. */
  prompt: string;
  /** The caller gave up. */
  aborted: boolean;
  /** The server was silent for too long. */
  silent: boolean;
  /** This try's number, from 1. */
  tries: number;
  /** Milliseconds since 1970, for dates in `retry-after`. */
  now: number;
}

/** Reads whatever a try threw. Rethrows what is neither the server's, the network's nor the caller's doing: our bug. */
export function readFailure(thrown: unknown, scene: FailureScene): HttpFailure {
  if (scene.aborted) return failure("aborted", "the call was stopped.", scene);
  const answer = answerOf(thrown);
  if (answer !== null) {
    const wait_ms = retryAfterMs(answer.headers, scene.now);
    const wish = answer.headers?.get("x-should-retry") ?? null;
    return answeredFailure(readAnswer(answer), { wait_ms, wish }, scene);
  }
  if (scene.silent)
    return failure(
      "timeout",
      `${scene.server.host} was silent for too long${tries(scene)}. Try again later, or allow more time.`,
      scene,
    );
  const own = firstOf(thrown, (error) => error instanceof ModelError);
  if (own instanceof ModelError) return failure(own.failure, lowered(own.message), scene);
  if (firstOf(thrown, (error) => error instanceof SyntaxError) !== null) {
    return failure(
      "malformed_reply",
      `the reply of ${scene.server.host} is not the JSON that the interface has. Check the base URL.`,
      scene,
    );
  }
  return unansweredFailure(thrown, scene);
}

function answeredFailure(
  facts: AnswerFacts,
  asked: { wait_ms: number | null; wish: string | null },
  scene: FailureScene,
): HttpFailure {
  const kind = classifyAnswer(facts);
  const tooLong = asked.wait_ms !== null && asked.wait_ms > MAX_WAIT_MS;
  const wait = tooLong ? ` It asks to wait ${Math.round((asked.wait_ms ?? 0) / 1000)} s.` : "";
  const reason = facts.message === null ? "" : cleanReason(beginning(facts.message), scene);
  const said = reason === "" ? "" : ` It says: ${reason}`;
  const status = facts.status === null ? "" : ` (HTTP ${facts.status})`;
  const read = failure(
    kind.failure,
    `${sentence(kind.failure, status, scene)}${wait}${said}`,
    scene,
    facts.status ?? undefined,
  );
  const again = asked.wish === null || kind.final ? read.again && !kind.final : asked.wish === "true";
  return {
    ...read,
    refused: kind.refused,
    again: again && !tooLong,
    wait_ms: tooLong ? null : asked.wait_ms,
  };
}

/** No answer at all: the network's codes tell it from a mistake of ours. */
function unansweredFailure(thrown: unknown, scene: FailureScene): HttpFailure {
  const code = networkCode(thrown);
  if (code === null) throw thrown;
  const { host } = scene.server;
  if (/TIMEOUT|ETIMEDOUT/.test(code)) {
    return failure(
      "timeout",
      `${host} was silent for too long${tries(scene)} (${code}). Try again later.`,
      scene,
    );
  }
  return failure(
    "connection",
    `the connection to ${host} failed${tries(scene)} (${code}). Check the address and that the server runs.`,
    scene,
  );
}

const RETRIED: readonly ModelFailure[] = ["rate_limited", "server", "timeout", "connection"];

function failure(kind: ModelFailure, text: string, scene: FailureScene, status?: number): HttpFailure {
  const where = status === undefined ? {} : { status };
  const error = new ModelError(kind, `${scene.server.spec}: ${text}`, where);
  return { error, refused: false, again: RETRIED.includes(kind), wait_ms: null };
}

function sentence(kind: ModelFailure, status: string, scene: FailureScene): string {
  const { host, key_variable } = scene.server;
  const key = key_variable === null ? "calls without a key" : `the key of ${key_variable}`;
  const sentences: Partial<Record<ModelFailure, string>> = {
    rejected_key: `${host} does not accept ${key}${status}. Set a valid key that may use this model.`,
    unknown_model: `${host} knows no such model, or no such address${status}. Check the model's name and the base URL.`,
    context_overflow: `the prompt is longer than the model takes${status}. Take a model with a larger context, or lower the context limit.`,
    rate_limited: `${host} takes no more calls now${status}${tries(scene)}. Wait, lower the concurrency, or look at the account's limits and credit.`,
    timeout: `${host} gave up waiting${status}${tries(scene)}. Try again later.`,
    server: `${host} failed${status}${tries(scene)}. Try again later.`,
  };
  return sentences[kind] ?? `${host} does not take the request${status}. Check the model's name and --api.`;
}

function tries({ tries }: FailureScene): string {
  return tries === 1 ? "" : `, ${tries} times in a row`;
}

/** The first words, without one that is cut: it could be the beginning of a key. */
function beginning(text: string): string {
  return text.length <= 190 ? text : text.slice(0, 190).replace(/\S*$/, "…");
}

function lowered(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function networkCode(thrown: unknown): string | null {
  const error = firstOf(thrown, (one) =>
    /^[A-Z][A-Z0-9_]{3,}$/.test(String((one as { code?: unknown }).code)),
  );
  if (error !== null) return String((error as { code?: unknown }).code);
  return firstOf(thrown, ({ message }) => /^(?:terminated|fetch failed)$/.test(message)) === null
    ? null
    : "cut off";
}

/** The first of an error and its causes that passes. */
function firstOf(thrown: unknown, passes: (error: Error) => boolean): Error | null {
  let current = thrown;
  for (let depth = 0; depth < 6 && current instanceof Error; depth++) {
    if (passes(current)) return current;
    current = current.cause;
  }
  return null;
}

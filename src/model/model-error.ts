import { CodeTracerError } from "../util/errors.ts";

/** Why there is no reply. */
export type ModelFailure =
  /** No key in the environment, or none that the server takes. */
  | "missing_key"
  | "rejected_key"
  | "unknown_model"
  /** The prompt is longer than the model takes. */
  | "context_overflow"
  /** The request is wrong in another way. */
  | "bad_request"
  | "rate_limited"
  | "timeout"
  /** Not reached, or cut off in the middle. */
  | "connection"
  | "server"
  /** The reply is not of the shape that the interface has. */
  | "malformed_reply"
  /** A model of the command line ended with an error. */
  | "command_failed"
  /** A recording or script holds no reply for this prompt. */
  | "not_recorded"
  | "aborted";

/** A call to a model without a reply. The message says what to do next and holds neither keys nor prompt text. */
export class ModelError extends CodeTracerError {
  readonly failure: ModelFailure;
  /** HTTP status; null = there was none. */
  readonly status: number | null;

  constructor(failure: ModelFailure, message: string, where: { status?: number; cause?: unknown } = {}) {
    super("model", message, where.cause === undefined ? {} : { cause: where.cause });
    this.name = "ModelError";
    this.failure = failure;
    this.status = where.status ?? null;
  }
}

/** Stable codes of the mistakes a user can make or meet; scripts may rely on them. */
export type ErrorCode =
  | "run_not_found"
  | "unreadable"
  | "too_large"
  | "bad_archive"
  | "bad_json"
  | "no_extractor"
  | "bad_extractor"
  | "bad_workspace"
  | "bad_argument"
  | "inside_run_directory"
  | "model"
  | "sandbox";

/**
 * A failure that the reader can act on. The message says what failed, where, what was expected and what to do
 * next, and never holds raw trace text. Anything else that is thrown is our bug and keeps its stack.
 */
export class CodeTracerError extends Error {
  readonly code: ErrorCode;
  readonly path: string | undefined;
  readonly line: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    where: { path?: string; line?: number; cause?: unknown } = {},
  ) {
    super(message, where.cause === undefined ? undefined : { cause: where.cause });
    this.name = "CodeTracerError";
    this.code = code;
    this.path = where.path;
    this.line = where.line;
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { ModelError } from "./model-error.ts";

/** A reply that is not of the interface's shape. `expected` says what should have come. */
export function malformed(expected: string): ModelError {
  return new ModelError(
    "malformed_reply",
    `The reply is not what the interface has: expected ${expected}. Check that the base URL is that of such a server.`,
  );
}

/** A stream that ended before its reply did. */
export function cutOff(): ModelError {
  return new ModelError("connection", "The reply was cut off before its end. Try again.");
}

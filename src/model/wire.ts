import { ErrorAnswer } from "./error-answer.ts";
import { ModelError } from "./model-error.ts";

/** Bytes of one reply that are read; the longest replies of today's models are a hundredth of it. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024;
/** Characters of an error answer that are read. */
const MAX_ERROR_CHARS = 65_536;

/** For the clients' own timers, which see the headers only: the wire watches alone, so this is the longest that a timer holds. */
export const CLIENT_TIMEOUT_MS = 2 ** 31 - 1;

/** One try over HTTP: what a client needs to make it, and what ends it. */
export interface Wire {
  /** Aborted when the caller gives up, and when the server has been silent for too long. */
  signal: AbortSignal;
  /** Throws ErrorAnswer for every status that is no success. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** True once the server has been silent for too long. */
  silent(): boolean;
  /** To be called when the try is over. */
  close(): void;
}

/** Opens a wire that gives up after `timeout_ms` without a byte from the server. */
export function openWire(timeout_ms: number, signal: AbortSignal): Wire {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), timeout_ms);
  return {
    signal: AbortSignal.any([signal, silence.signal]),
    fetch: async (input, init) => {
      timer.refresh();
      const response = await fetch(input, init);
      timer.refresh();
      if (!response.ok) throw new ErrorAnswer(response.status, response.headers, await errorBody(response));
      if (response.body === null) throw new ModelError("malformed_reply", "The server's reply has no body.");
      return new Response(response.body.pipeThrough(watch(() => timer.refresh())), response);
    },
    silent: () => silence.signal.aborted,
    close: () => clearTimeout(timer),
  };
}

/** Passes bytes on, telling of each piece, up to the limit. */
function watch(alive: () => void): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      alive();
      bytes += chunk.byteLength;
      if (bytes > MAX_REPLY_BYTES)
        throw new ModelError("malformed_reply", "The server's reply does not end.");
      controller.enqueue(chunk);
    },
  });
}

/** The body as JSON where it is, as nothing where it is not: a page of HTML says nothing that helps. */
async function errorBody(response: Response): Promise<unknown> {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MAX_ERROR_CHARS) break;
    }
    return JSON.parse(text);
  } catch {
    // Cut off or not JSON: the status says enough.
    return null;
  }
}

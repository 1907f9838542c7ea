import type { ChatReply } from "./model.ts";

/** A client's call that was asked to stream. */
interface StreamedCall {
  withResponse(): Promise<{ data: AsyncIterable<unknown>; response: Response }>;
}

/**
 * Reads a reply event by event, or whole where a server knows no streams and answers with one JSON document. The clients end a stream that is aborted
 * as if it were complete: `stream` has to look for the reply's own end.
 */
export async function streamOrJson(
  call: StreamedCall,
  read: { stream(events: AsyncIterable<unknown>): Promise<ChatReply>; json(body: unknown): ChatReply },
): Promise<ChatReply> {
  const { data, response } = await call.withResponse();
  const isJson = /^application\/(?:\S+\+)?json\b/i.test(response.headers.get("content-type") ?? "");
  return isJson ? read.json(await response.json()) : read.stream(data);
}

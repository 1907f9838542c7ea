import http from "node:http";
import type { AddressInfo } from "node:net";
import type { JsonRecord } from "../../../src/util/narrow.ts";

/** What a client sent. */
export interface Sent {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: JsonRecord;
}

/** Answers one request. */
export type Answer = (response: http.ServerResponse) => void;

/** A server on a port of its own. */
export interface WireServer {
  /** Without a path. */
  url: string;
  /** In the order of arrival. */
  sent: Sent[];
  close(): Promise<void>;
}

/** Starts a server whose n-th request gets the n-th answer, and every later one the last. */
export async function startServer(answers: readonly Answer[]): Promise<WireServer> {
  const sent: Sent[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as JsonRecord;
      const answer = answers[Math.min(sent.length, answers.length - 1)];
      sent.push({ path: request.url ?? "", headers: request.headers, body });
      answer?.(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** One JSON document. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Anything else as one document. */
export function text(status: number, type: string, body: string): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": type });
    response.end(body);
  };
}

/** Server-sent events, each as `data` with its `event` name where it has one. */
export function events(list: readonly WireEvent[]): Answer {
  return (response) => {
    begin(response, list);
    response.end();
  };
}

/** The connection is cut once these events are out. */
export function cutAfter(list: readonly WireEvent[]): Answer {
  return (response) => {
    begin(response, list);
    setTimeout(() => response.destroy(), 20);
  };
}

/** The server stays silent once these events are out; before its headers where there are none. */
export function silentAfter(list: readonly WireEvent[]): Answer {
  return (response) => {
    if (list.length > 0) begin(response, list);
  };
}

/** Server-sent events, evenly spread over so many milliseconds. */
export function slowly(list: readonly WireEvent[], ms: number): Answer {
  return (response) => {
    begin(response, []);
    list.forEach((event, place) => {
      setTimeout(() => send(response, event), (ms / list.length) * place);
    });
    setTimeout(() => response.end(), ms);
  };
}

/** The connection is cut before an answer. */
export const cut: Answer = (response) => {
  response.destroy();
};

/** The name of an event (null = none) and its data: JSON, or raw text. */
export type WireEvent = readonly [name: string | null, data: unknown];

function begin(response: http.ServerResponse, list: readonly WireEvent[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  for (const event of list) send(response, event);
}

function send(response: http.ServerResponse, [name, data]: WireEvent): void {
  if (name !== null) response.write(`event: ${name}\n`);
  response.write(`data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
}

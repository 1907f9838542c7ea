import type { Clock } from "./clock.ts";
import type { RateLimiter } from "./rate-limit.ts";

/** How to reach a model over HTTP. */
export interface HttpModelOptions {
  /** As the user wrote it; stands in messages. */
  spec: string;
  /** Address of the server, for OpenAI's interface with its `/v1`. null = the provider's variable, or its own server. */
  base_url: string | null;
  /** Where keys and addresses are looked up. Nothing else of the process is meant to be read. */
  env: Readonly<Record<string, string | undefined>>;
  /** Silence after which a try is given up: no byte for so long. Replies are streamed, so a long reply is not silence. Node itself gives up at 300 s. */
  timeout_ms: number;
  /** Tries after the first one, for rate limits, server failures, timeouts and cut connections. */
  max_retries: number;
  /** OpenAI only. `auto` = Responses on OpenAI's own server, Chat Completions elsewhere. */
  api: "auto" | "chat" | "responses";
  /** Shared over a batch: a server's wish to wait holds for all of its calls. Its slots are the caller's to take, around `complete`. */
  limiter?: RateLimiter;
  /** Left out = the machine's. */
  clock?: Clock;
}

import { type Clock, SYSTEM_CLOCK } from "./clock.ts";
import { type HttpFailure, readFailure } from "./http-failures.ts";
import type { HttpModelOptions } from "./http-options.ts";
import type { HttpServer } from "./http-server.ts";
import { type ChatModel, type ChatReply, type ChatRequest, UNKNOWN_USAGE } from "./model.ts";
import { ModelError } from "./model-error.ts";
import { createRateLimiter } from "./rate-limit.ts";
import { backoffMs } from "./retry-after.ts";
import { openWire, type Wire } from "./wire.ts";

/** Asks once, without trying again. Throws whatever the client throws. */
export type Ask = (request: ChatRequest, wire: Wire) => Promise<ChatReply>;

/**
 * A model behind a server. Tries again itself: the clients do not for what breaks inside a stream, one of them does not stop waiting when it is
 * aborted, and neither tells the other calls of a batch to wait.
 */
export function createHttpModel(server: HttpServer, options: HttpModelOptions, ask: Ask): ChatModel {
  const clock = options.clock ?? SYSTEM_CLOCK;
  const limiter = options.limiter ?? createRateLimiter({ ...clock, concurrency: 1 });

  async function complete(request: ChatRequest): Promise<ChatReply> {
    for (let tries = 1; ; tries++) {
      await limiter.open(request.signal);
      const result = await tryOnce(request, tries);
      if ("text" in result) return result;
      if (result.refused) return REFUSED;
      await waitAfter(result, tries, request.signal);
    }
  }

  async function tryOnce(request: ChatRequest, tries: number): Promise<ChatReply | HttpFailure> {
    const wire = openWire(options.timeout_ms, request.signal);
    try {
      return await ask(request, wire);
    } catch (thrown) {
      return readFailure(thrown, {
        server,
        env: options.env,
        prompt: request.messages.map(({ text }) => text).join("\n"),
        aborted: request.signal.aborted,
        silent: wire.silent(),
        tries,
        now: clock.now(),
      });
    } finally {
      wire.close();
    }
  }

  async function waitAfter(failure: HttpFailure, tries: number, signal: AbortSignal): Promise<void> {
    const wait_ms = failure.wait_ms ?? backoffMs(tries);
    const forAll = failure.wait_ms !== null || failure.error.failure === "rate_limited";
    if (failure.again && forAll) limiter.pauseUntil(clock.now() + wait_ms);
    if (!failure.again || tries > options.max_retries) throw failure.error;
    if (!forAll) await sleepOrAbort(clock, wait_ms, signal);
  }

  return { spec: options.spec, context_tokens: null, complete };
}

const REFUSED: ChatReply = {
  text: "",
  stop_reason: "refusal",
  usage: UNKNOWN_USAGE,
  cost_usd: null,
  model: null,
};

async function sleepOrAbort(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal).catch((error: unknown) => {
    throw signal.aborted ? new ModelError("aborted", "The call to the model was stopped.") : error;
  });
}

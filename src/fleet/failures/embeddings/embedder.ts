import { type Clock, SYSTEM_CLOCK } from "../../../model/clock.ts";
import { readFailure } from "../../../model/http-failures.ts";
import { findKey, missingKey, serverUrl } from "../../../model/http-server.ts";
import { ModelError } from "../../../model/model-error.ts";
import { backoffMs } from "../../../model/retry-after.ts";
import { CLIENT_TIMEOUT_MS, openWire, type Wire } from "../../../model/wire.ts";
import { type EmbeddingSpec, embeddingSpec } from "./embedding-spec.ts";
import { readEmbeddings } from "./read-embeddings.ts";

const KEYS = ["OPENAI_API_KEY"];
const OWN_HOST = "api.openai.com";

/** How to reach a server that makes vectors. */
export interface EmbedderOptions {
  env: Readonly<Record<string, string | undefined>>;
  /** Silence after which a try is given up. */
  timeout_ms: number;
  /** Tries after the first one where another can help. */
  max_retries: number;
  signal: AbortSignal;
  /** Left out = the machine's. */
  clock?: Clock;
}

/** Makes vectors of one length. */
export interface Embedder {
  model: string;
  url: string;
  /** A vector for each text, in order, null where the server left it out. Throws ModelError for every way in which there is none. */
  embed(texts: readonly string[]): Promise<(number[] | null)[]>;
}

/** Opens the server of a specification; nothing is sent yet. Throws CodeTracerError `bad_argument`, ModelError `missing_key` or `rejected_key`. */
export async function openEmbedder(text: string, options: EmbedderOptions): Promise<Embedder> {
  const spec = embeddingSpec(text, options.env);
  const url = serverUrl(spec.url, spec.url_from);
  const shown = `${spec.model} at ${url.host}`;
  const found = findKey(shown, options.env, KEYS);
  if (found === null && url.host === OWN_HOST) throw missingKey(shown, KEYS);
  const ask = await askerOf(spec, url, found?.key ?? "none");
  const server = { spec: shown, host: url.host, key_variable: found?.variable ?? null };
  const clock = options.clock ?? SYSTEM_CLOCK;

  async function embed(texts: readonly string[]): Promise<(number[] | null)[]> {
    for (let tries = 1; ; tries++) {
      const wire = openWire(options.timeout_ms, options.signal);
      try {
        return readEmbeddings(await ask(texts, wire), texts.length, shown);
      } catch (thrown) {
        const failure = readFailure(thrown, {
          server,
          env: options.env,
          prompt: texts.join("\n"),
          aborted: options.signal.aborted,
          silent: wire.silent(),
          tries,
          now: clock.now(),
        });
        if (failure.refused) throw new ModelError("bad_request", `${shown} refuses the texts`);
        if (!failure.again || tries > options.max_retries) throw failure.error;
        await clock.sleep(failure.wait_ms ?? backoffMs(tries), options.signal).catch((error: unknown) => {
          throw options.signal.aborted
            ? new ModelError("aborted", "The call for vectors was stopped.")
            : error;
        });
      } finally {
        wire.close();
      }
    }
  }
  return { model: spec.model, url: url.href, embed };
}

type Asker = (texts: readonly string[], wire: Wire) => Promise<unknown>;

async function askerOf(spec: EmbeddingSpec, url: URL, apiKey: string): Promise<Asker> {
  const { OpenAI } = await import("openai");
  const settings = {
    baseURL: url.href,
    apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: "off",
    maxRetries: 0,
    timeout: CLIENT_TIMEOUT_MS,
  } as const;
  return async (texts, wire) => {
    const client = new OpenAI({ ...settings, fetch: wire.fetch });
    // Without saying so the client asks for base64, which few compatible servers know.
    const body = { model: spec.model, input: [...texts], encoding_format: "float" as const };
    return await client.embeddings.create(body, { signal: wire.signal });
  };
}

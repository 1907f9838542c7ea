import { setting } from "../../../model/http-server.ts";
import { CodeTracerError } from "../../../util/errors.ts";

const OWN_URL = "https://api.openai.com/v1";

/** Which model of which server makes vectors. */
export interface EmbeddingSpec {
  model: string;
  /** With its `/v1`. */
  url: string;
  /** Where the address comes from, for messages. */
  url_from: string;
}

/**
 * Takes `openai/<model>` (at OPENAI_BASE_URL, else at OpenAI's own server) or `<url>#<model>` of any compatible server apart. Throws
 * CodeTracerError `bad_argument`.
 */
export function embeddingSpec(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): EmbeddingSpec {
  const spec = text.trim();
  const [, name] = /^openai\/(\S+)$/.exec(spec) ?? [];
  if (name !== undefined)
    return { model: name, url: setting(env, "OPENAI_BASE_URL") ?? OWN_URL, url_from: "OPENAI_BASE_URL" };
  const [, url, model] = /^(https?:\/\/[^#\s]+)#(\S+)$/.exec(spec) ?? [];
  if (url !== undefined && model !== undefined) return { model, url, url_from: "--embeddings" };
  throw new CodeTracerError(
    "bad_argument",
    "--embeddings takes openai/<model>, or the address of a compatible server and a model such as http://127.0.0.1:8000/v1#nomic-embed-text",
  );
}

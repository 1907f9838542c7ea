import type { ModelOptions } from "./options.ts";
import { baseUrlOf } from "./prices.ts";
import { parseModelSpec } from "./spec.ts";

/** Where the calls of a model go. */
export interface Endpoint {
  provider: "anthropic" | "openai" | "command" | "script" | "recording";
  /** The interface; null = none of a server. A server without the one of `responses` is asked for `chat`. */
  api: "messages" | "responses" | "chat" | null;
  /** null = the provider's own server, or none at all. */
  base_url: string | null;
}

const OPENAI_HOST = "api.openai.com";

/** Where the calls of this model would go. Throws CodeTracerError `bad_argument` as `parseModelSpec` does. */
export function endpointOf(spec: string, options: Pick<ModelOptions, "base_url" | "api" | "env">): Endpoint {
  const parsed = parseModelSpec(spec);
  if (parsed.kind === "exec") return { provider: "command", api: null, base_url: null };
  if (parsed.kind === "scripted") return { provider: "script", api: null, base_url: null };
  if (parsed.kind === "recorded") return { provider: "recording", api: null, base_url: null };
  const url = baseUrlOf(parsed.kind, options);
  if (parsed.kind === "anthropic") return { provider: parsed.kind, api: "messages", base_url: url };
  const isOwnServer = url === null || (URL.canParse(url) && new URL(url).hostname === OPENAI_HOST);
  const auto = isOwnServer ? "responses" : "chat";
  return { provider: parsed.kind, api: options.api === "auto" ? auto : options.api, base_url: url };
}

/** How a model is reached and what is done around its calls. */
export interface ModelOptions {
  /** Of a compatible server; null = the environment's (OPENAI_BASE_URL, ANTHROPIC_BASE_URL) or the provider's own. */
  base_url: string | null;
  /** Which interface of an `openai/` model; `auto` = Responses on OpenAI's own server, Chat Completions elsewhere. */
  api: "auto" | "chat" | "responses";
  /** Keys are taken from here, and commands get it whole. */
  env: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here; commands run here. */
  cwd: string;
  /** For one try: of silence from a server, or a command's whole time. */
  timeout_ms: number;
  /** How often a call is tried again where that can help. */
  max_retries: number;
  /** Calls in flight at a time, over all users of the model object. */
  concurrency: number;
  /** Folder that gets every reply, for `recorded:<folder>`; null = none. */
  record_to: string | null;
  /** JSON file with prices, see `loadOwnPrices`; null = none. */
  prices: string | null;
  /** Tokens that fit in one call, prompt and reply together, where it is known better; null = as the price table has it. */
  context_tokens: number | null;
  /** Milliseconds since the epoch: prices change with time. */
  now(): number;
}

/** For a program as the model, whose whole time it is: a coding agent, or a person, may take long over one reply. */
export const EXEC_TIMEOUT_MS = 3_600_000;

/** What holds where nothing else is said. */
export const MODEL_DEFAULTS = {
  base_url: null,
  api: "auto",
  timeout_ms: 300_000,
  max_retries: 4,
  concurrency: 4,
  record_to: null,
  prices: null,
  context_tokens: null,
} as const satisfies Partial<ModelOptions>;

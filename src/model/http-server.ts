import { CodeTracerError } from "../util/errors.ts";
import { ModelError } from "./model-error.ts";

/** The server that is asked, as far as messages and failures need it. */
export interface HttpServer {
  spec: string;
  /** Without what may be secret in an address. */
  host: string;
  /** The variable that the key came from; null = there was none, and a placeholder is sent. */
  key_variable: string | null;
}

/** Checks an address. `from` is the flag or variable that it was given with. Throws `bad_argument`, without the address: it may hold a password. */
export function serverUrl(address: string, from: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
  const isPlain = url?.search === "" && url.username === "" && url.password === "";
  if (url !== null && isHttp && isPlain) return url;
  throw new CodeTracerError(
    "bad_argument",
    `${from} is not the address of a server. Give one such as http://127.0.0.1:8000/v1, without query, name and password.`,
  );
}

/** The first of the variables that holds a key, and the key. null = none does. Throws `rejected_key` for what no header can carry. */
export function findKey(
  spec: string,
  env: Readonly<Record<string, string | undefined>>,
  variables: readonly string[],
): { variable: string; key: string } | null {
  for (const variable of variables) {
    const key = env[variable]?.trim() ?? "";
    if (key === "") continue;
    if (/^[\x21-\x7e]+$/.test(key)) return { variable, key };
    throw new ModelError(
      "rejected_key",
      `${spec}: ${variable} holds characters that no key has. Set it again.`,
    );
  }
  return null;
}

/** The failure of a provider whose key is nowhere. */
export function missingKey(spec: string, variables: readonly string[]): ModelError {
  return new ModelError(
    "missing_key",
    `${spec}: there is no key. Set ${variables.join(" or ")} in the environment.`,
  );
}

/** The value of a variable, or null where it is not set or blank. */
export function setting(env: Readonly<Record<string, string | undefined>>, variable: string): string | null {
  const value = env[variable]?.trim() ?? "";
  return value === "" ? null : value;
}

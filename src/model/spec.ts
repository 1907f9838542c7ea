import { CodeTracerError } from "../util/errors.ts";

/** A model specification taken apart. */
export type ModelSpec =
  /** `name` as the provider has it; it may hold slashes. */
  | { kind: "anthropic" | "openai"; name: string }
  /** A command line of the user's own. */
  | { kind: "exec"; command: string }
  | { kind: "scripted"; file: string }
  | { kind: "recorded"; folder: string };

const FORMS =
  "anthropic/<model>, openai/<model> (with --base-url for any compatible server), exec:<command>, scripted:<file> or recorded:<folder>";
const BY_COLON = /^(exec|scripted|recorded):(.*)$/s;
const BY_SLASH = /^(anthropic|openai)\/(.*)$/s;
const BARE_CLAUDE = /^claude-/;
const BARE_OPENAI = /^(?:gpt-|o\d|chatgpt-)/;

/** Takes a specification apart. Throws CodeTracerError `bad_argument` where it is none. Paths stay as they were written. */
export function parseModelSpec(text: string): ModelSpec {
  const spec = text.trim();
  const [, scheme, rest = ""] = BY_COLON.exec(spec) ?? BY_SLASH.exec(spec) ?? [];
  if (scheme === undefined) throw unknownForm(spec);
  const value = rest.trim();
  if (value === "")
    throw new CodeTracerError("bad_argument", `the model ${spec} ends too early; it is ${FORMS}`);
  if (scheme === "exec") return { kind: scheme, command: value };
  if (scheme === "scripted") return { kind: scheme, file: value };
  if (scheme === "recorded") return { kind: scheme, folder: value };
  if (scheme === "anthropic" || scheme === "openai") return { kind: scheme, name: value };
  throw unknownForm(spec);
}

function unknownForm(spec: string): CodeTracerError {
  if (spec === "") return new CodeTracerError("bad_argument", `no model is named; name one as ${FORMS}`);
  const shown = spec.length > 60 ? `${spec.slice(0, 60)}…` : spec;
  return new CodeTracerError("bad_argument", `no model ${JSON.stringify(shown)}: ${hint(spec)}`);
}

function hint(spec: string): string {
  if (BARE_CLAUDE.test(spec)) return `write anthropic/${spec}`;
  if (BARE_OPENAI.test(spec)) return `write openai/${spec}`;
  if (/^[\w.-]+\/\S+$/.test(spec)) return `write openai/${spec} with --base-url, or one of ${FORMS}`;
  return `it must be ${FORMS}`;
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** The folder of templates, beside `src` and, in the built package, two above the code. */
const FOLDERS = ["../../prompts/", "../../../prompts/"].map((place) => new URL(place, import.meta.url));

const cache = new Map<string, string>();

const INCLUDE = /\{\{> ([a-z-]+(?:\/[a-z-]+)*)\}\}\n?/g;

/**
 * Fills in a template of `prompts/`. `{{name}}` stands for the variable of that name and `{{> other}}` for another template. What stands in a variable
 * is never looked at. Throws where a template asks for a variable that is not given: our bug.
 */
export function prompt(name: string, variables: Readonly<Record<string, string | number>> = {}): string {
  return whole(name).replace(/\{\{([a-z_]+)\}\}/g, (_, key: string) => {
    const value = Object.hasOwn(variables, key) ? variables[key] : undefined;
    if (value === undefined) throw new Error(`prompts/${name}.md asks for {{${key}}}, which is not given`);
    return String(value);
  });
}

/** Over the templates of these names, and those that they include: changes whenever what a model reads could. */
export function promptDigest(names: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of [...new Set(names)].sort()) hash.update(`${name}\0${whole(name)}\0`);
  return hash.digest("hex").slice(0, 16);
}

/** A template with those that it includes. */
function whole(name: string): string {
  return template(name).replace(INCLUDE, (_, other: string) => whole(other));
}

function template(name: string): string {
  const known = cache.get(name);
  if (known !== undefined) return known;
  for (const folder of FOLDERS) {
    try {
      const text = readFileSync(new URL(`${name}.md`, folder), "utf8");
      cache.set(name, text);
      return text;
    } catch {
      // The next folder is the one of the other layout.
    }
  }
  throw new Error(`prompts/${name}.md is not there`);
}

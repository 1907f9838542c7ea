import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** The folder of templates, beside `src` and, in the built package, two above the code. */
const FOLDERS = ["../../prompts/", "../../../prompts/"].map((place) => new URL(place, import.meta.url));

const cache = new Map<string, string>();

/**
 * Fills in a template of `prompts/`. `{{name}}` stands for the variable of that name and `{{> other}}` for another template, filled in with
 * the same variables. Throws where a template asks for a variable that is not given: our bug.
 */
export function prompt(name: string, variables: Readonly<Record<string, string | number>> = {}): string {
  return template(name)
    .replace(/\{\{> ([a-z-]+(?:\/[a-z-]+)*)\}\}\n?/g, (_, other: string) => prompt(other, variables))
    .replace(/\{\{([a-z_]+)\}\}/g, (_, key: string) => {
      const value = Object.hasOwn(variables, key) ? variables[key] : undefined;
      if (value === undefined) throw new Error(`prompts/${name}.md asks for {{${key}}}, which is not given`);
      return String(value);
    });
}

/** Over the templates of these names, and those that they include: changes whenever what a model reads could. */
export function promptDigest(names: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of [...new Set(names.flatMap(withIncluded))].sort())
    hash.update(`${name}\0${template(name)}\0`);
  return hash.digest("hex").slice(0, 16);
}

function withIncluded(name: string): string[] {
  const included = [...template(name).matchAll(/\{\{> ([a-z/-]+)\}\}/g)].map(([, other = ""]) => other);
  return [name, ...included.flatMap(withIncluded)];
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

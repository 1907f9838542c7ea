import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";
import { prompt } from "../../util/prompt.ts";
import { POLARITIES } from "../behaviours/index.ts";
import { parseRubric } from "./parse-rubric.ts";
import type { Rubric } from "./rubric.ts";

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const ID_CHARS = 60;

/** The rubrics of the built-in behaviours, in the order of their ids. */
export function builtInRubrics(): Rubric[] {
  return [...POLARITIES.keys()].map((id) => {
    const name = `behaviours/${id}`;
    return parseRubric(prompt(name), id, `prompts/${name}.md`);
  });
}

/**
 * Reads rubrics of the user's, one Markdown file each; a file's name is the id. Throws CodeTracerError `bad_argument` for a file that is no rubric, and for
 * a name that is none for an id, is a built-in behaviour's, or is there twice; `unreadable` for a file that cannot be read.
 */
export function readRubrics(files: readonly string[], cwd: string): Rubric[] {
  const seen = new Map<string, string>();
  return files.map((file) => {
    const id = idOf(file);
    const other = seen.get(id);
    if (other !== undefined)
      throw new CodeTracerError("bad_argument", `${file}: ${other} has the same name; rename one of them`, {
        path: file,
      });
    seen.set(id, file);
    return parseRubric(readText(file, cwd), id, file);
  });
}

function idOf(file: string): string {
  const { name, ext } = path.parse(file);
  const id = name.toLowerCase();
  if (ext.toLowerCase() !== ".md" || !ID.test(id) || id.length > ID_CHARS)
    throw new CodeTracerError(
      "bad_argument",
      `${file}: the name of a rubric's file is its id: letters a to z, digits and hyphens, such as asks-for-help.md`,
      { path: file },
    );
  if (POLARITIES.has(id))
    throw new CodeTracerError(
      "bad_argument",
      `${file}: there is a built-in behaviour ${id}; rename the file`,
      { path: file },
    );
  return id;
}

function readText(file: string, cwd: string): string {
  try {
    return fs.readFileSync(path.resolve(cwd, file), "utf8");
  } catch (cause) {
    throw new CodeTracerError(
      "unreadable",
      `${file}: the rubric cannot be read; check the path behind --rubric`,
      { path: file, cause },
    );
  }
}

import fs from "node:fs";
import { CodeTracerError } from "../util/errors.ts";
import { jsonComplaint } from "../util/json-error.ts";

/** Parses the JSON of a file that the user gave. Throws CodeTracerError `bad_json` with the line; `firstLine` is that of the text in the file. */
export function readJson(text: string, file: string, firstLine = 1): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { line, what } = jsonComplaint(text);
    const at = firstLine + line - 1;
    throw new CodeTracerError("bad_json", `${file}, line ${at}: no valid JSON: ${what}`, {
      path: file,
      line: at,
    });
  }
}

/** The text of a file that the user gave. Throws CodeTracerError `unreadable` with this message. */
export function readText(file: string, message: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (cause) {
    throw new CodeTracerError("unreadable", message, { path: file, cause });
  }
}

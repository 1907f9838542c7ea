import { CodeTracerError } from "../util/errors.ts";
import { ATIF } from "./atif/index.ts";
import { CSV } from "./csv/index.ts";
import { DOCENT } from "./docent/index.ts";
import { GEN_AI } from "./gen-ai/index.ts";
import { OPENINFERENCE } from "./openinference/index.ts";
import type { ExportFormat } from "./types.ts";

/** Diagnosed runs in the formats of others: pure functions from a workspace to the text of files. */
export type { ExportFormat, ExportPart, ExportRun } from "./types.ts";

/** Every format, in the order they are listed. */
const EXPORT_FORMATS: readonly ExportFormat[] = [OPENINFERENCE, GEN_AI, ATIF, DOCENT, CSV];

/** The formats of a comma-separated list, or of `all`. Throws CodeTracerError `bad_argument`. */
export function exportFormats(list: string): ExportFormat[] {
  if (list.trim() === "all") return [...EXPORT_FORMATS];
  const names = [...new Set(list.split(",").map((name) => name.trim()))];
  return names.map((name) => {
    const format = EXPORT_FORMATS.find(({ id }) => id === name);
    if (format) return format;
    const known = EXPORT_FORMATS.map(({ id }) => id).join(", ");
    throw new CodeTracerError(
      "bad_argument",
      `--format takes ${known} or all, several with commas, not ${name}`,
    );
  });
}

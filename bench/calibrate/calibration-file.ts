import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { CodeTracerError } from "../../src/index.ts";
import type { Calibration } from "./nested-threshold.ts";

/** What a reader of the file needs; the rest is for people. */
const FileSchema = z.object({
  threshold: z.number().min(0).max(1),
  made: z.object({ method: z.string(), config: z.string(), date: z.string(), rows_digest: z.string() }),
});

/** A calibration as it is read again. */
export type StoredCalibration = z.infer<typeof FileSchema>;

/** Writes a calibration as JSON; folders are made as needed. The same calibration gives the same bytes. */
export function writeCalibration(file: string, calibration: Calibration): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(calibration, null, 2)}\n`);
}

/** Reads a calibration. Throws CodeTracerError where there is none. */
export function readCalibration(file: string): StoredCalibration {
  try {
    return FileSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch (cause) {
    throw new CodeTracerError(
      "unreadable",
      `${file}: expected a calibration (threshold, made); make it again or leave the threshold out`,
      { path: file, cause },
    );
  }
}

import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { ModelTracer } from "../trace/index.ts";
import { CodeTracerError } from "../util/errors.ts";

/** What is needed of a file that `codetracer bench --calibrate` wrote; the rest is for people. */
const FileSchema = z.object({
  threshold: z.number().min(0).max(1),
  made: z.object({ method: z.string(), config: z.string() }),
});
export type StoredCalibration = z.infer<typeof FileSchema>;

/** Reads a calibration. Throws CodeTracerError `bad_argument` where there is none. */
export function readCalibration(name: string, cwd: string): StoredCalibration {
  const file = path.resolve(cwd, name);
  try {
    return FileSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch (cause) {
    throw new CodeTracerError(
      "bad_argument",
      `${file}: expected what codetracer bench --calibrate writes (threshold, made); make it again or leave --calibration out`,
      { path: file, cause },
    );
  }
}

/** Throws CodeTracerError `bad_argument` where a threshold was chosen for other confidences than this tracer gives. */
export function requireCalibratedFor({ made }: StoredCalibration, tracer: ModelTracer): void {
  if (made.method === tracer.name && made.config === tracer.config) return;
  throw new CodeTracerError(
    "bad_argument",
    `the calibration is for ${made.method} (${made.config}), not for ${tracer.name} (${tracer.config}); make one with codetracer bench --calibrate, or give --threshold`,
  );
}

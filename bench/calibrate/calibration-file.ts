import fs from "node:fs";
import path from "node:path";
import type { Calibration } from "./nested-threshold.ts";

/** Writes a calibration as JSON, for `--calibration`; folders are made as needed. The same calibration gives the same bytes. */
export function writeCalibration(file: string, calibration: Calibration): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(calibration, null, 2)}\n`);
}

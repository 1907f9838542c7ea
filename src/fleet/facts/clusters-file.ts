import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";
import { type FailureClusters, FailureClustersSchema } from "../failures/types.ts";
import { FLEET_PLACES } from "./fleet-file.ts";

/** Writes `clusters.json` of a fleet, whole or not at all. */
export function writeClusters(folder: string, clusters: FailureClusters): void {
  const file = path.join(folder, FLEET_PLACES.clusters);
  fs.writeFileSync(`${file}.partial`, `${JSON.stringify(clusters, null, 2)}\n`);
  fs.renameSync(`${file}.partial`, file);
}

/** The failure clusters of a finished fleet. Throws CodeTracerError `bad_workspace`. */
export function readClusters(folder: string): FailureClusters {
  const file = path.join(folder, FLEET_PLACES.clusters);
  try {
    return FailureClustersSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch {
    throw new CodeTracerError(
      "bad_workspace",
      `${file}: missing or not of the expected shape; run the codetracer fleet command again`,
      { path: file },
    );
  }
}

import fs from "node:fs";
import path from "node:path";
import type { Collected, RawFiles } from "../hint/check/index.ts";
import { isArchive } from "../run/archive.ts";
import { openRun } from "../run/open.ts";

/** What was collected, and whether the place is a single file, so that nothing beside it was looked at. */
export type CollectedFrom = Collected & { isFile: boolean };

/**
 * Collects forbidden texts from a directory, an archive or a file. A file is opened together with what lies beside it, but only the file itself is meant. Throws
 * CodeTracerError as opening a run does.
 */
export async function collectedFrom(
  place: string,
  collect: (files: RawFiles) => Collected,
): Promise<CollectedFrom> {
  const { files, dispose } = await openRun(place);
  const name = path.basename(place);
  const isFile = !isArchive(place) && fs.statSync(place).isFile();
  const list: RawFiles["list"] = (glob) => files.list(glob).filter((one) => !isFile || one === name);
  try {
    return { ...collect({ list, size: (one) => files.size(one), text: (one) => files.text(one) }), isFile };
  } finally {
    dispose();
  }
}

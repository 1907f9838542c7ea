import path from "node:path";
import { dataFolder } from "../../util/data-folder.ts";

/** The user's folder of learned extractors, one folder an extractor. */
export function storeFolder(env: Readonly<Record<string, string | undefined>>): string {
  return path.join(dataFolder(env), "extractors");
}

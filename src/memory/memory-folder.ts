import path from "node:path";
import { dataFolder } from "../util/data-folder.ts";

/** The user's folder of notes, one file an agent framework. */
export function memoryFolder(env: Readonly<Record<string, string | undefined>>): string {
  return path.join(dataFolder(env), "memory");
}

import { readersWith } from "../extract/learned/readers.ts";
import { storeFolder } from "../extract/learned/store-folder.ts";
import { printable } from "../report/printable.ts";
import type { Io } from "./io.ts";

/** The user's store of learned extractors. What of it is broken is said on stderr and left out. */
export function learnedStore(io: Pick<Io, "env" | "stderr">): string {
  const folder = storeFolder(io.env);
  for (const warning of readersWith(folder).warnings) io.stderr.write(`warning: ${printable(warning)}\n`);
  return folder;
}

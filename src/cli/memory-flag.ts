import { memoryFolder } from "../memory/memory-folder.ts";
import type { Io } from "./io.ts";

/** The folder of the memory where `--memory` asks for one; null = each run for itself. */
export function memoryOf(flags: { memory?: boolean }, io: Pick<Io, "env">): string | null {
  return flags.memory === true ? memoryFolder(io.env) : null;
}

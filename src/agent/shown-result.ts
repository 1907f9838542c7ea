import { fenced } from "../util/fence.ts";
import type { ShellResult } from "./shell.ts";

/** What a command printed, as data, and how it ended where that is worth a word. */
export function shownResult({ output, exit_code, stopped }: ShellResult, nonce: string): string {
  const printed = output.trim() === "" ? "(no output)" : fenced(output, nonce);
  if (stopped !== null) return `${printed}\n(stopped: ${stopped} limit)`;
  return exit_code === 0 ? printed : `${printed}\n(exit ${exit_code})`;
}

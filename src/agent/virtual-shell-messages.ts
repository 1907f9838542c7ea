import type { ScratchContent } from "./scratch.ts";
import type { ShellLimits } from "./shell.ts";

/** What the worker of a virtual shell is started with. */
export interface VirtualShellStart {
  folder: string;
  tools: Readonly<Record<string, string>>;
  limits: ShellLimits;
}

/** One command for the worker, which keeps nothing between commands. */
export interface VirtualCommand {
  command: string;
  scratch: ScratchContent;
}

/** What came of it. */
export interface VirtualResult {
  output: string;
  elided_chars: number;
  exit_code: number;
  stopped: "time" | "output" | null;
  scratch: ScratchContent;
}

import fs from "node:fs";
import { assembleShell } from "./assemble-shell.ts";
import { Scratch } from "./scratch.ts";
import type { Shell, ShellSetup } from "./shell.ts";
import { VIRTUAL_DIFFERENCES } from "./virtual-differences.ts";
import { VirtualThread } from "./virtual-thread.ts";

const CRASHED = {
  output: "[the shell broke down over this command]\n",
  elided_chars: 0,
  exit_code: 1,
  stopped: null,
  scratch: "the shell broke down",
};

/**
 * An imitation of Bash in a worker thread that is ended at the time limit: needs nothing of the system, and reads nothing of it but the
 * folder. Its memory limit is the one of the thread.
 */
export function openVirtualShell(setup: ShellSetup): Shell {
  const thread = new VirtualThread({ ...setup, folder: fs.realpathSync(setup.folder) });
  return assembleShell(
    {
      kind: "virtual",
      differences: VIRTUAL_DIFFERENCES,
      run: async (command, scratch, signal) => {
        const result = await thread.ask({ command, scratch }, signal);
        if (typeof result !== "string") return result;
        if (result === "crash") return CRASHED;
        return { output: "", elided_chars: 0, exit_code: null, stopped: result, scratch };
      },
      end: () => thread.end(),
    },
    new Scratch(setup.limits.scratch_mb),
  );
}

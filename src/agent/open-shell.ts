import { CodeTracerError } from "../util/errors.ts";
import type { Shell, ShellChoice, ShellSetup } from "./shell.ts";

/**
 * A sandboxed shell over a folder; never one without a sandbox. Throws CodeTracerError `sandbox` where bubblewrap is asked for by name
 * and does not work here.
 */
export async function openShell(choice: ShellChoice, setup: ShellSetup): Promise<Shell> {
  if (choice !== "virtual") {
    const { probeBubblewrap } = await import("./bubblewrap-probe.ts");
    const reason = await probeBubblewrap();
    if (reason === null) return (await import("./bubblewrap.ts")).openBubblewrap(setup);
    if (choice === "bubblewrap") throw unusable(reason);
  }
  return (await import("./virtual-shell.ts")).openVirtualShell(setup);
}

function unusable(reason: string): CodeTracerError {
  return new CodeTracerError(
    "sandbox",
    `bubblewrap does not work here: ${reason}. Install bubblewrap 0.8 or newer and jq (Debian: apt install bubblewrap jq), allow user namespaces, or take --shell virtual`,
  );
}

import type { ProcessSetup } from "./run-process.ts";

/** Where recorded commands run, and what keeps them there. */
export interface Confinement {
  kind: "bubblewrap" | "container" | "none";
  /** As a person knows it. */
  where: string;
  /** The folder that commands begin in, as they see it; null = not known before they run. */
  seen_as: string | null;
  /** How one step of the script is started. `script` is its text. */
  start(
    script: string,
    stepId: number,
    seconds: number,
  ): Pick<ProcessSetup, "program" | "args" | "input" | "cwd" | "env">;
}

/** Where programs are looked for in a sandbox, and where the caller has no PATH. */
export const PROGRAM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Arguments with which the script does one step and keeps its state elsewhere. `seconds` 0 = it keeps no time. */
export function scriptArguments(folder: string, state: string, stepId: number, seconds: number): string[] {
  return [
    "--execute",
    folder,
    "--state",
    state,
    "--only",
    String(stepId),
    "--timeout-seconds",
    String(seconds),
  ];
}

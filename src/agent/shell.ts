/** What bounds one command. */
export interface ShellLimits {
  seconds: number;
  memory_mb: number;
  /** Characters of output that are handed on; more is cut out of the middle. */
  output_chars: number;
  /** All files of the scratch area together. */
  scratch_mb: number;
}

export const DEFAULT_SHELL_LIMITS: ShellLimits = {
  seconds: 10,
  memory_mb: 1024,
  output_chars: 24_000,
  scratch_mb: 16,
};

/** What a shell is made of. Everything else of the machine is out of its reach. */
export interface ShellSetup {
  /** Host folder that the commands see read-only as their working directory, `/run`. */
  folder: string;
  /** Commands on the PATH: name to POSIX shell script. They may use what a minimal Debian has, jq among it. */
  tools: Readonly<Record<string, string>>;
  limits: ShellLimits;
}

/** What came of a command. */
export interface ShellResult {
  /** stdout and stderr as they came, cut to `output_chars` from the middle; the cut says how many characters are missing. */
  output: string;
  /** null = stopped by a limit. */
  exit_code: number | null;
  /** The limit that stopped it. */
  stopped: "time" | "memory" | "output" | null;
  elided_chars: number;
}

/**
 * A sandboxed POSIX shell. Commands run one after another; each starts in `/run`, read-only. Files in `/scratch` last from one command to the next, but
 * a command that a limit stops leaves nothing there. No network, no environment of the host, no other files, nothing that outlives its command.
 */
export interface Shell {
  kind: "bubblewrap" | "virtual";
  /** In which ways it differs from the usual /bin/sh on Debian, each a sentence for the model. */
  differences: readonly string[];
  /** Throws CodeTracerError `sandbox` only where the sandbox itself fails; `aborted` where the signal says so. */
  run(command: string, signal?: AbortSignal): Promise<ShellResult>;
  /** Takes a text file out of the scratch area, where it is gone then: its content, or null where there is no such file. `name` is relative to `/scratch`. */
  take(name: string): string | null;
  dispose(): Promise<void>;
}

/** `auto` takes bubblewrap where it works, the virtual shell elsewhere. */
export type ShellChoice = "auto" | "bubblewrap" | "virtual";

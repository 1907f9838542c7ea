import { ModelError } from "../model/model-error.ts";
import type { Scratch, ScratchContent } from "./scratch.ts";
import type { Shell, ShellResult } from "./shell.ts";

const MAX_COMMAND_CHARS = 1_000_000;
const REFUSED = 126;

/** What a sandbox has to bring along. */
export interface Sandbox {
  kind: Shell["kind"];
  differences: readonly string[];
  /** Runs one command over this scratch area. No other one is running. */
  run(command: string, scratch: ScratchContent, signal: AbortSignal | undefined): Promise<SandboxResult>;
  end(): Promise<void>;
}

/** A result, with what the command left in the scratch area. A text instead says why it cannot be kept. */
export interface SandboxResult extends ShellResult {
  scratch: ScratchContent | string;
}

/** The shell over a sandbox: commands one after another, the scratch area between them. */
export function assembleShell(sandbox: Sandbox, scratch: Scratch): Shell {
  let last: Promise<unknown> = Promise.resolve();
  const run = async (command: string, signal: AbortSignal | undefined): Promise<ShellResult> => {
    if (signal?.aborted) throw interrupted();
    if (command.length > MAX_COMMAND_CHARS) return refused();
    const { scratch: left, ...result } = await sandbox.run(command, scratch.content, signal);
    if (result.stopped !== null) return { ...result, exit_code: null };
    const reason = typeof left === "string" ? left : scratch.keep(left);
    return reason === null ? result : { ...result, output: withNote(result.output, reason) };
  };
  return {
    kind: sandbox.kind,
    differences: sandbox.differences,
    run(command, signal) {
      const result = last.then(() => run(command, signal));
      last = result.catch(() => {});
      return result;
    },
    take: (name) => scratch.take(name),
    async dispose() {
      await last;
      await sandbox.end();
    },
  };
}

/** What `run` throws where its signal says so. */
export function interrupted(): ModelError {
  return new ModelError("aborted", "the command in the sandbox was interrupted");
}

function refused(): ShellResult {
  const output = `[not run: a command has at most ${MAX_COMMAND_CHARS} characters]\n`;
  return { output, exit_code: REFUSED, stopped: null, elided_chars: 0 };
}

function withNote(output: string, reason: string): string {
  const gap = output === "" || output.endsWith("\n") ? "" : "\n";
  return `${output}${gap}[what this command wrote to /scratch is not kept: ${reason}]\n`;
}

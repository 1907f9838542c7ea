import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import { quoted, shellCall } from "./shell-arguments.ts";
import { SHELLS, writeShims } from "./shims.ts";

/** What starts programs through a shell of its own. */
const LAUNCHERS = ["npm", "npx", "pnpm", "pnpx", "yarn", "bunx"];

/** What is run, and in which recording. */
export interface RecordedCommand {
  /** The program and its arguments. */
  command: readonly [string, ...string[]];
  /** The recording, absolute. */
  recording: string;
  /** An empty folder for what stands in for shells while the command runs. */
  shims: string;
  /** Shells one inside of the other that only start the agent. null = told from the program. */
  skip_shells: number | null;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** The program that runs JavaScript. */
  node: string;
  /** Calls the listener with each signal that is to be passed on, until the returned function is called. */
  onSignal(listener: (signal: NodeJS.Signals) => void): () => void;
}

/** How it ended. */
export interface RecordedEnd {
  /** As a shell tells it: 128 and the number of the signal that ended it. */
  exit_code: number;
  signal: NodeJS.Signals | null;
  /** Why commands could not be recorded, each reason once. */
  failures: readonly string[];
}

/** Runs a command on this process's own terminal, with its shells recorded. Throws CodeTracerError `bad_argument` where it cannot be started. */
export async function runRecorded(given: RecordedCommand): Promise<RecordedEnd> {
  const { command, recording, shims, node, env, cwd } = given;
  const recorder = new URL("./run-shell.js", import.meta.url);
  const setup = writeShims({ folder: shims, recording, node, recorder }, env);
  const [program, ...args] = command;
  const skip = (given.skip_shells ?? launcherShells(program)) + ownShell(program, args);
  const child = spawn(program, args, {
    cwd,
    stdio: "inherit",
    env: { ...env, ...setup.env, CODETRACER_RECORD_SKIP: String(skip) },
  });
  const release = given.onSignal((signal) => child.kill(signal));
  try {
    const { code, signal } = await ended(child, program);
    const exit_code = code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]);
    return { exit_code, signal, failures: failuresIn(setup.failures) };
  } finally {
    release();
  }
}

/** A command line as one could type it. */
export function commandLine(command: readonly string[]): string {
  return command.map(quoted).join(" ");
}

function launcherShells(program: string): number {
  return LAUNCHERS.includes(path.basename(program)) ? 1 : 0;
}

/** The shell that is itself what is run, where it would be recorded: found by its name, or a bash. */
function ownShell(program: string, args: readonly string[]): number {
  const name = path.basename(program);
  const isSeen = name === "bash" || (name === program && SHELLS.some((shell) => shell === name));
  return isSeen && shellCall(args) ? 1 : 0;
}

function ended(
  child: ChildProcess,
  program: string,
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", (error) =>
      reject(
        new CodeTracerError(
          "bad_argument",
          `${program} cannot be started (${messageOf(error)}); give the command as you would type it, behind --`,
          { cause: error },
        ),
      ),
    );
  });
}

function failuresIn(file: string): string[] {
  return fs.existsSync(file) ? [...new Set(fs.readFileSync(file, "utf8").trimEnd().split("\n"))] : [];
}

import fs from "node:fs";
import path from "node:path";
import { openCommandRecorder } from "../../record/open-recorder.ts";
import { type Recovered, writeTrajectory } from "../../record/recover.ts";
import { commandLine, type RecordedEnd, runRecorded } from "../../record/shell/run-recorded.ts";
import { findProgram } from "../../record/shell/shims.ts";
import { printable } from "../../report/printable.ts";
import { CodeTracerError, messageOf } from "../../util/errors.ts";
import { removeTemporaryFolder, temporaryFolder } from "../../util/temporary-folder.ts";
import type { ExitCode, Io } from "../io.ts";
import { wholeNumber } from "../numbers.ts";

/** Flags of `record`. */
export interface RecordFlags {
  out: string;
  agent?: string;
  model?: string;
  task?: string;
  skipShells?: string;
  recover?: string;
  quiet?: boolean;
}

/** `codetracer record`: runs a command with its shells recorded and ends as it does; or writes a trajectory.json anew. */
export async function record(command: readonly string[], flags: RecordFlags, io: Io): Promise<ExitCode> {
  const say = (text: string): void => {
    if (!flags.quiet) io.stderr.write(`codetracer: ${printable(text)}\n`);
  };
  if (flags.recover !== undefined) return recover(command, path.resolve(io.cwd, flags.recover), say);
  const [program, ...args] = command;
  if (program === undefined)
    throw new CodeTracerError(
      "bad_argument",
      "record takes a command: codetracer record -- my-agent --its-flags",
    );
  const skip_shells = shellCount(flags.skipShells);
  const recorder = openCommandRecorder(
    path.resolve(io.cwd, flags.out),
    {
      agent: { name: flags.agent ?? path.basename(program), model: flags.model },
      task: flags.task === undefined ? null : taskOf(flags.task, io.cwd),
      now: io.now,
    },
    commandLine(command),
  );
  const { folder } = recorder;
  say(`recording to ${folder}`);
  const shims = temporaryFolder();
  try {
    const { env, cwd } = io;
    const node = programOfNode(env);
    const end = await runRecorded({
      command: [program, ...args],
      recording: folder,
      ...{ shims, skip_shells, env, cwd, node, onSignal: signalsOf(io) },
    }).catch((error) => {
      recorder.finish({ outcome: { exit_status: "not started" } });
      throw error;
    });
    const written = recorder.finish({ outcome: { exit_status: end.signal ?? `exit code ${end.exit_code}` } });
    if (written) tell(written, end, folder, say);
    // The command's own exit status, whatever it is.
    return end.exit_code as ExitCode;
  } finally {
    removeTemporaryFolder(shims);
  }
}

/** The signals that the command would not get otherwise: a terminal sends its interrupts to the command as well. */
function signalsOf(io: Io): (listener: (signal: NodeJS.Signals) => void) => () => void {
  const hasTerminal = io.stdout.isTTY === true || io.stderr.isTTY === true;
  return (listener) => {
    const off = (["SIGTERM", "SIGHUP", "SIGQUIT"] as const).map((signal) =>
      io.on(signal, () => listener(signal)),
    );
    const onInterrupt = (): void => {
      if (!hasTerminal) listener("SIGINT");
    };
    off.push(io.takeInterrupts(onInterrupt));
    return () => {
      for (const stop of off) stop();
    };
  };
}

function recover(command: readonly string[], folder: string, say: (text: string) => void): ExitCode {
  if (command.length > 0)
    throw new CodeTracerError("bad_argument", "--recover runs no command: leave out what stands behind --");
  const { file, action_count, broken_lines } = writeTrajectory(folder);
  say(`wrote ${file}: ${actions(action_count)}`);
  if (broken_lines > 0) say(`${broken_lines} lines of the log are cut off or no events and were left out`);
  return 0;
}

function tell(written: Recovered, end: RecordedEnd, folder: string, say: (text: string) => void): void {
  const { action_count, passed_count } = written;
  const passed =
    passed_count > 0 ? `; ${passed_count} other uses of a shell (scripts, typed input) are no steps` : "";
  say(`recorded ${actions(action_count)}${passed}`);
  for (const failure of end.failures) say(`a command could not be recorded: ${failure}`);
  if (action_count > 0) say(`diagnose it with: codetracer analyze ${folder}`);
  else
    say(
      "no command was seen: the agent may call /bin/sh by its path, as Python's shell=True does. docs/record.md says what is seen, and how an agent records itself",
    );
}

function actions(count: number): string {
  return `${count} ${count === 1 ? "action" : "actions"}`;
}

function shellCount(text: string | undefined): number | null {
  return text === undefined ? null : wholeNumber("--skip-shells", text, { least: 0, most: 99 });
}

function taskOf(text: string, cwd: string): string {
  if (!text.startsWith("@")) return text;
  const file = path.resolve(cwd, text.slice(1));
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new CodeTracerError("bad_argument", `--task: ${file} cannot be read (${messageOf(error)})`, {
      path: file,
    });
  }
}

function programOfNode(env: Io["env"]): string {
  const node = findProgram("node", env);
  if (node !== null) return node;
  throw new CodeTracerError(
    "bad_argument",
    "record needs node on the PATH: commands of shells are recorded with it",
  );
}

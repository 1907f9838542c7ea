import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";
import type { AttemptContext, Commands } from "./context.ts";
import { fill, requireBlind, requireSafe } from "./placeholders.ts";
import type { ExperimentSettings } from "./settings.ts";
import { splitCommand } from "./split-command.ts";
import { templateDigest } from "./template-digest.ts";
import { runUntouched } from "./untouched.ts";

/** Splits the user's commands. Throws CodeTracerError `bad_argument` where one is no plain command, could read text of a run as a program, or is not the same for both arms. */
export function readCommands(settings: ExperimentSettings): Commands {
  const agent = splitCommand("--command", settings.command);
  const check = splitCommand("--check", settings.check);
  const setup = settings.setup === null ? null : splitCommand("--setup", settings.setup);
  requireSafe("--command", agent);
  for (const [flag, words] of [
    ["--check", check],
    ["--setup", setup ?? []],
  ] as const) {
    requireSafe(flag, words);
    requireBlind(flag, words);
  }
  return { agent, check, setup };
}

/**
 * What would spoil every attempt, looked for before the first one: texts that fit in no argument, an agent that is not installed, a set-up or a check that
 * does not run, and a check that passes in a folder in which nobody has worked. Throws CodeTracerError `bad_argument`.
 */
export async function preflight(context: AttemptContext): Promise<void> {
  const { settings, commands, env } = context;
  if (settings.template !== null) templateDigest(settings.template);
  requireProgram(commands.agent[0] ?? "", env);
  for (const hint of [settings.hint.text, settings.without_hint])
    fill("--command", commands.agent, { task: settings.task, hint });
  const { failure, passed } = await runUntouched(context);
  if (context.signal.aborted) return;
  if (failure !== null) throw new CodeTracerError("bad_argument", failure);
  if (passed) {
    throw new CodeTracerError(
      "bad_argument",
      "--check passes in a fresh folder that no agent has worked in, so it cannot tell a solved task from an unsolved one; give one that fails there",
    );
  }
}

/** A bare name has to be on the PATH and an absolute path has to be there; any other one lies in a folder that is not made yet. */
function requireProgram(program: string, env: AttemptContext["env"]): void {
  if (program.includes("{") || (program.includes("/") && !path.isAbsolute(program))) return;
  const places = path.isAbsolute(program)
    ? [program]
    : (env.PATH ?? "").split(path.delimiter).map((folder) => path.join(folder, program));
  if (places.some(isExecutable)) return;
  throw new CodeTracerError(
    "bad_argument",
    `--command: the program ${program} was not found; check its name and the PATH ({here} stands for this folder)`,
  );
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

import fs from "node:fs";
import path from "node:path";
import { AttemptCommands, howItEnded, isNotRun } from "./attempt-commands.ts";
import { attemptFolders } from "./attempt-folders.ts";
import type { AttemptContext } from "./context.ts";
import type { ProcessEnd } from "./process-run.ts";
import type { Planned } from "./schedule.ts";

/** What set-up and check say of a fresh folder in which no agent has worked. */
export interface Untouched {
  /** What does not run, in a sentence; null = both run. */
  failure: string | null;
  /** The check's answer. */
  passed: boolean;
}

/** Runs set-up and check in a fresh folder that no agent works in; an earlier one is removed. */
export async function runUntouched(context: AttemptContext): Promise<Untouched> {
  const { settings } = context;
  const planned: Planned = { order: 0, pair: 0, arm: "without_hint", seed: settings.seed };
  const made = attemptFolders(settings.out, planned);
  const folders = { ...made, results: path.join(path.dirname(made.results), "untouched") };
  for (const folder of [folders.root, folders.results]) fs.rmSync(folder, { recursive: true, force: true });
  const commands = new AttemptCommands(planned, folders, settings.without_hint, context);
  const failed = (failure: string): Untouched => ({ failure, passed: false });
  const said = (flag: string, end: ProcessEnd, log: string): string =>
    `${flag} ${howItEnded(end)} in a fresh folder, before any attempt; what it printed is in ${path.join(folders.results, log)}`;
  const spoiled = commands.prepare();
  if (spoiled !== null) return failed(spoiled);
  const setup = await commands.setup();
  if (setup !== null && setup.exit_code !== 0) return failed(said("--setup", setup, "setup.log"));
  const check = await commands.check();
  if (check.stopped !== null || isNotRun(check)) return failed(said("--check", check, "check.log"));
  return { failure: null, passed: check.exit_code === 0 };
}

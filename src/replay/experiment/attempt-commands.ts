import fs from "node:fs";
import path from "node:path";
import { createRedactor } from "../../run/redact/index.ts";
import { messageOf } from "../../util/errors.ts";
import { type AttemptFolders, makeFolders } from "./attempt-folders.ts";
import type { AttemptContext } from "./context.ts";
import { fill, type Values } from "./placeholders.ts";
import { type ProcessEnd, runProcess } from "./process-run.ts";
import type { Planned } from "./schedule.ts";

/** The exit codes by which a shell says that a command is not there or cannot be run. */
const NOT_RUN = new Set([126, 127]);

/** The user's commands in the folders of one attempt. Each writes what it prints to its log, secrets redacted, and gets its own end back. */
export class AttemptCommands {
  readonly #context: AttemptContext;
  readonly #folders: AttemptFolders;
  readonly #order: number;
  readonly #hint: string;
  readonly #values: Values;

  constructor(planned: Planned, folders: AttemptFolders, hint: string, context: AttemptContext) {
    const { workdir, run_dir, task_file, hint_file } = folders;
    const { task, here } = context.settings;
    this.#context = context;
    this.#folders = folders;
    this.#order = planned.order;
    this.#hint = hint;
    const seed = String(planned.seed);
    this.#values = { task, hint, task_file, hint_file, workdir, run_dir, seed, here };
  }

  /** Makes the folders; why that failed, or null. */
  prepare(): string | null {
    const { task, template } = this.#context.settings;
    try {
      makeFolders(this.#folders, { task, hint: this.#hint, template });
      return null;
    } catch (error) {
      return `the folder could not be made: ${messageOf(error)}`;
    }
  }

  /** null = there is none. */
  async setup(): Promise<ProcessEnd | null> {
    const { commands, settings } = this.#context;
    if (commands.setup === null) return null;
    return this.#run("--setup", commands.setup, "setup.log", settings.limits.check_timeout_seconds);
  }

  agent(): Promise<ProcessEnd> {
    const { commands, settings } = this.#context;
    return this.#run("--command", commands.agent, "agent.log", settings.limits.timeout_seconds, {
      CODETRACER_HINT_FILE: this.#folders.hint_file,
    });
  }

  check(): Promise<ProcessEnd> {
    const { commands, settings } = this.#context;
    return this.#run("--check", commands.check, "check.log", settings.limits.check_timeout_seconds);
  }

  async #run(
    flag: string,
    words: readonly string[],
    log: string,
    timeout_seconds: number,
    more: Readonly<Record<string, string>> = {},
  ): Promise<ProcessEnd> {
    const { workdir, run_dir, task_file, results } = this.#folders;
    const { env, experiment_id, signal, now } = this.#context;
    const end = await runProcess({
      argv: fill(flag, words, this.#values),
      cwd: workdir,
      env: {
        ...env,
        CODETRACER_TASK_FILE: task_file,
        CODETRACER_WORKDIR: workdir,
        CODETRACER_RUN_DIR: run_dir,
        ...more,
      },
      mark: `${experiment_id}:${this.#order};`,
      timeout_seconds,
      signal,
      now,
    });
    fs.writeFileSync(path.join(results, log), createRedactor().text(end.output));
    return end;
  }
}

/** Whether it was never at work, as far as its end tells. */
export function isNotRun({ stopped, exit_code }: Pick<ProcessEnd, "stopped" | "exit_code">): boolean {
  return stopped === "start" || (exit_code !== null && NOT_RUN.has(exit_code));
}

/** In words, without anything that the command printed. */
export function howItEnded({ stopped, exit_code }: Pick<ProcessEnd, "stopped" | "exit_code">): string {
  if (stopped === "start") return "could not be started";
  if (stopped === "time") return "was ended at its time limit";
  if (stopped === "abort") return "was interrupted";
  return exit_code === null ? "was ended by a signal" : `ended with exit code ${exit_code}`;
}

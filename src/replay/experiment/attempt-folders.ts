import fs from "node:fs";
import path from "node:path";
import { attemptName, type Planned } from "./schedule.ts";

/**
 * Where one attempt lives. What the agent can see is named after the attempt's place in the order, not after its arm; what it must not see, the check's
 * output among it, lies elsewhere.
 */
export interface AttemptFolders {
  /** `runs/<order>`: all that the agent gets. */
  root: string;
  workdir: string;
  run_dir: string;
  task_file: string;
  hint_file: string;
  /** `attempts/<arm>-<pair>`: the logs and the workspace of the run. */
  results: string;
}

/** The folders of an attempt; nothing is made. */
export function attemptFolders(out: string, planned: Planned): AttemptFolders {
  const root = path.join(out, "runs", String(planned.order).padStart(2, "0"));
  return {
    root,
    workdir: path.join(root, "workdir"),
    run_dir: path.join(root, "run"),
    task_file: path.join(root, "task.md"),
    hint_file: path.join(root, "hint.md"),
    results: path.join(out, "attempts", attemptName(planned)),
  };
}

/** Moves what an attempt that never ended left behind to `set-aside/`, and returns whether there was any. */
export function setAside(out: string, { root, results }: AttemptFolders): boolean {
  const left = [root, results].filter((folder) => fs.existsSync(folder));
  for (const folder of left) {
    const base = path.join(out, "set-aside", path.basename(folder));
    let tries = 1;
    while (fs.existsSync(`${base}.${tries}`)) tries++;
    fs.mkdirSync(path.dirname(base), { recursive: true });
    fs.renameSync(folder, `${base}.${tries}`);
  }
  return left.length > 0;
}

/** Makes the folders of an attempt, with the task and the hint in files and the template in the working directory. */
export function makeFolders(
  folders: AttemptFolders,
  contents: { task: string; hint: string; template: string | null },
): void {
  for (const folder of [folders.workdir, folders.run_dir, folders.results])
    fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(folders.task_file, contents.task);
  fs.writeFileSync(folders.hint_file, contents.hint);
  if (contents.template !== null)
    fs.cpSync(contents.template, folders.workdir, { recursive: true, verbatimSymlinks: true });
}

import fs from "node:fs";
import path from "node:path";
import { openDirectory } from "../../run/disk-run.ts";
import { removeTemporaryFolder, temporaryFolder } from "../../util/temporary-folder.ts";
import { discoverRuns, type FoundRun } from "../discover.ts";
import type { Extractor } from "../extractor.ts";

const MAX_FILES = 200;

/** What foreign files hold: nothing that any agent did. */
const FOREIGN = [
  "started\nstopped\n",
  '{"name":"x","version":"1.0.0"}\n',
  "<html><body>hello</body></html>\n",
];

/** Whether an extractor takes files that bear the names of a run's and hold something else. */
export function takesForeign(extractor: Extractor, { files, folder }: FoundRun): boolean {
  const names = files.focus === null ? files.list().slice(0, MAX_FILES) : [files.focus];
  // Above the run, folders keep their names as well: a fingerprint may look at them.
  const paths = names.map((name) => path.posix.join(folder, name));
  return FOREIGN.some((text) => {
    const made = temporaryFolder();
    try {
      for (const name of paths) write(path.join(made, name), text);
      return discoverRuns(openDirectory(made), [extractor]).runs.length > 0;
    } finally {
      removeTemporaryFolder(made);
    }
  });
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

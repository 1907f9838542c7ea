import fs from "node:fs";
import path from "node:path";
import { type Confinement, PROGRAM_PATH, scriptArguments } from "./confinement.ts";
import type { ProcessSetup } from "./run-process.ts";
import type { WorkFolder } from "./work-folder.ts";

/**
 * Node's own pipes are sockets, which a command cannot open as `/dev/stdout`; a FIFO it can. What the command leaves running is killed behind it, and when this
 * is told to end.
 */
const THROUGH_FIFO = `
exec 2> /dev/null
set -m
fifo=$1; shift
rm -f "$fifo"; mkfifo "$fifo"
cat < "$fifo" & reader=$!
"$@" > "$fifo" 2>&1 < /dev/null & job=$!
trap 'kill -s KILL -- "-$job"' TERM
wait "$job"; code=$?
kill -s KILL -- "-$job"
{ sleep 1; kill -s KILL "$reader"; } > /dev/null & late=$!
wait "$reader"
kill -s KILL -- "-$late"
exit "$code"`;

/** Nothing confines commands but that steps known to reach out of the folder are refused. */
export function unconfined(work: WorkFolder, env: ProcessSetup["env"]): Confinement {
  const session = path.join(work.state, "session");
  fs.mkdirSync(session, { recursive: true });
  return {
    kind: "none",
    where: work.folder,
    seen_as: work.folder,
    start(script, stepId) {
      const file = path.join(work.state, "replay.sh");
      fs.writeFileSync(file, script);
      const fifo = path.join(work.state, "output");
      const own = ["-c", THROUGH_FIFO, "bash", fifo, "bash", file];
      const args = [...own, ...scriptArguments(work.folder, session, stepId, 0)];
      return {
        program: "bash",
        args,
        input: null,
        cwd: work.folder,
        env: { PATH: env.PATH ?? PROGRAM_PATH },
      };
    },
  };
}

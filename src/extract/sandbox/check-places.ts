import type { RunFiles } from "../../run/run-files.ts";
import type { Ref } from "../../trajectory/step.ts";
import type { Trajectory } from "../../trajectory/trajectory.ts";
import { CodeTracerError } from "../../util/errors.ts";

/** Of all refs together. Whoever resolves refs goes through their lines one by one. */
const MAX_LINES = 2_000_000;

/**
 * Checks that every place which a guest's trajectory names is one of the run: files that are there, lines that a
 * file of that size can have. Whether the right text stands there is a matter of fidelity. Throws `bad_extractor`.
 */
export function checkPlaces({ steps, files_used, warnings }: Trajectory, run: RunFiles): void {
  const names = [...files_used, ...warnings.flatMap(({ path }) => (path === undefined ? [] : [path]))];
  const unknown = names.findIndex((name) => !run.has(name));
  if (unknown >= 0)
    throw bad(
      unknown < files_used.length
        ? `files_used[${unknown}] is no file of the run; take names from run.list()`
        : "a warning names a file that is not in the run; take names from run.list()",
    );
  if (steps.length > 0 && files_used.length === 0)
    throw bad("files_used is empty although there are steps; name the files they were read from");
  let lines = 0;
  for (const [index, step] of steps.entries()) {
    for (const key of ["action_ref", "observation_ref"] as const) {
      const complaint = step[key] === null ? null : complaintAbout(step[key], run);
      if (complaint !== null) throw bad(`steps[${index}].${key} ${complaint}`);
      lines += step[key] === null ? 0 : step[key].line_end - step[key].line_start + 1;
    }
  }
  if (lines > MAX_LINES)
    throw bad(`the refs name more than ${MAX_LINES} lines together; name the lines of each step alone`);
}

function complaintAbout({ path, line_start, line_end }: Ref, run: RunFiles): string | null {
  if (!run.has(path)) return "names no file of the run; take names from run.list()";
  if (line_end < line_start) return "ends before it starts";
  // A line takes a byte at least, whatever stands on it.
  return line_end > run.size(path) + 1 ? "names lines that the file does not have" : null;
}

function bad(message: string): CodeTracerError {
  return new CodeTracerError("bad_extractor", message);
}

import path from "node:path";
import { printableLines } from "../../report/printable.ts";
import { renderSteps } from "../../report/steps.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { readWorkspace } from "../../workspace/read.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { report } from "./results.ts";

/** Flags of `show`. */
export interface ShowFlags {
  steps?: string;
  tree?: boolean;
  full?: boolean;
  json?: boolean;
  color?: boolean;
}

/** `codetracer show`: prints from a workspace, without the raw run. */
export function show(workspace: string, flags: ShowFlags, io: Io): ExitCode {
  const folder = path.resolve(io.cwd, workspace);
  const { extraction, diagnosis, labels, ...read } = readWorkspace(folder);
  const options = {
    color: useColor(io, io.stdout, flags.color),
    width: outputWidth(io),
    full: flags.full === true,
  };
  const range = flags.steps === undefined ? null : parseRange(flags.steps, read.steps.length);
  const steps = range === null ? read.steps : read.steps.slice(range.first - 1, range.last);
  if (flags.json) {
    io.stdout.write(
      `${JSON.stringify(range === null ? { extraction, diagnosis, labels, ...read } : steps, null, 2)}\n`,
    );
  } else if (range !== null) io.stdout.write(renderSteps(steps, diagnosis?.labels ?? [], options));
  else if (flags.tree || diagnosis === undefined || labels === undefined)
    io.stdout.write(printableLines(read.tree));
  else
    io.stdout.write(
      report(extraction.run, folder, { ...read, extraction, diagnosis, labels }, flags.color, io),
    );
  return 0;
}

function parseRange(text: string, stepCount: number): { first: number; last: number } {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text.trim());
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (match && first >= 1 && first <= last && first <= stepCount)
    return { first, last: Math.min(last, stepCount) };
  throw new CodeTracerError(
    "bad_argument",
    `--steps takes a step or a range within 1-${stepCount}, such as 12-18, not ${text}`,
  );
}

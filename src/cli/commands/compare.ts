import { compareRuns, comparisonMarkdown, renderComparison } from "../../compare/index.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { tracedTarget } from "../traced-target.ts";

/** Flags of `compare`. */
export interface CompareFlags {
  full?: boolean;
  markdown?: boolean;
  json?: boolean;
  color?: boolean;
}

/** `codetracer compare`: two runs of one task side by side. */
export async function compare(a: string, b: string, flags: CompareFlags, io: Io): Promise<ExitCode> {
  const runs = [(await tracedTarget(a, io)).workspace, (await tracedTarget(b, io)).workspace] as const;
  const comparison = compareRuns(...runs);
  const full = flags.full === true;
  const options = { color: useColor(io, io.stdout, flags.color), width: outputWidth(io), full };
  if (flags.json) io.stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
  else if (flags.markdown) io.stdout.write(comparisonMarkdown(comparison, runs, full));
  else io.stdout.write(renderComparison(comparison, runs, options));
  return 0;
}

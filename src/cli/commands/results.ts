import path from "node:path";
import { type RunResult, summarize } from "../../analyze/index.ts";
import { renderSummaryTable } from "../../report/summary.ts";
import { renderReport } from "../../report/terminal.ts";
import type { RunSummary } from "../../trajectory/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";

/** Flags that say how results are printed and judged. */
export interface ResultFlags {
  json?: boolean;
  color?: boolean;
  failOn?: "incorrect" | "unresolved" | "unreadable" | "fidelity";
}

/** Prints one run: its report, or what was extracted. Throws CodeTracerError where it failed. */
export function printOne(result: RunResult, flags: ResultFlags, io: Io): ExitCode {
  if (result.status === "failed") throw new CodeTracerError("unreadable", result.error.message);
  const { workspace, run, folder } = result;
  if (flags.json) io.stdout.write(`${JSON.stringify({ run, folder, ...workspace }, null, 2)}\n`);
  else if ("diagnosis" in workspace) io.stdout.write(report(run, folder, workspace, flags.color, io));
  else io.stdout.write(`${extractedLine(result)}\n`);
  return isBad(flags, [summarize(result)]) ? 1 : 0;
}

/** A folder as the user can type it: from here, or whole where it lies elsewhere. */
function shownFolder(folder: string, io: Io): string {
  const relative = path.relative(io.cwd, folder);
  return relative.startsWith("..") ? folder : relative || ".";
}

/** The terminal report of a diagnosed workspace. */
export function report(
  run: string,
  folder: string | null,
  workspace: TracedWorkspace,
  color: boolean | undefined,
  io: Io,
): string {
  const shown = folder === null ? null : shownFolder(folder, io);
  const options = { color: useColor(io, io.stdout, color), width: outputWidth(io) };
  return renderReport({ run, workspace: shown, ...workspace }, options);
}

function extractedLine(result: Extract<RunResult, { status: "done" | "kept" }>): string {
  const { extraction } = result.workspace;
  const steps =
    extraction.empty_reason === null
      ? `${extraction.step_count} steps`
      : `no steps: ${extraction.empty_reason}`;
  return `${result.run}: ${steps}, read by ${extraction.extractor.id}${result.folder === null ? "" : `, written to ${result.folder}`}`;
}

/** Prints many runs as a table. */
export function printTable(
  summaries: readonly RunSummary[],
  flags: ResultFlags,
  out: string | null,
  io: Io,
): ExitCode {
  if (flags.json) io.stdout.write(`${JSON.stringify(summaries, null, 2)}\n`);
  else {
    const options = { color: useColor(io, io.stdout, flags.color), width: outputWidth(io) };
    const shown = out === null ? null : shownFolder(out, io);
    io.stdout.write(renderSummaryTable({ runs: summaries, out: shown }, options));
  }
  if (summaries.length > 0 && summaries.every((summary) => summary.status === "failed")) return 2;
  return isBad(flags, summaries) ? 1 : 0;
}

function isBad(flags: ResultFlags, summaries: readonly RunSummary[]): boolean {
  return summaries.some((summary) => {
    if (summary.status === "failed") return flags.failOn === "unreadable";
    if (flags.failOn === "incorrect") return summary.incorrect_count > 0;
    if (flags.failOn === "unresolved") return summary.resolved === false;
    return flags.failOn === "fidelity" && !summary.fidelity_passed;
  });
}

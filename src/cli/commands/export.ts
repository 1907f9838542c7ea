import path from "node:path";
import { type ExportFormat, exportFormats } from "../../export/index.ts";
import { printable } from "../../report/printable.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { ExitCode, Io } from "../io.ts";
import { PartWriter, type WrittenFile } from "../part-writer.ts";
import { eachRun, isRaw, type NotExported } from "../runs-to-export.ts";
import { outFolder } from "./out-folder.ts";

/** Flags of `export`. */
export interface ExportFlags {
  format: string;
  out: string;
  json?: boolean;
}

interface Tally {
  runs: number;
  steps: number;
  labels: number;
  unredacted: number;
}

/** `codetracer export`: runs in the formats of other tools, a folder for each format. */
export async function exportRuns(target: string, flags: ExportFlags, io: Io): Promise<ExitCode> {
  const formats = exportFormats(flags.format);
  const source = path.resolve(io.cwd, target);
  const folder = isRaw(source)
    ? (outFolder(flags.out, [source], io) ?? flags.out)
    : path.resolve(io.cwd, flags.out);
  const writer = new PartWriter(folder);
  const tally: Tally = { runs: 0, steps: 0, labels: 0, unredacted: 0 };
  let failed: NotExported[];
  try {
    failed = await eachRun(target, io, (run) => {
      for (const format of formats)
        for (const part of format.parts(run)) writer.add({ ...part, path: `${format.id}/${part.path}` });
      const { steps, diagnosis, extraction } = run.workspace;
      tally.runs++;
      tally.steps += steps.length;
      tally.labels += diagnosis.labels.length;
      if (extraction.redactions === null) tally.unredacted++;
    });
  } catch (error) {
    writer.abandon();
    throw error;
  }
  if (io.signal.aborted) {
    writer.abandon();
    return 130;
  }
  if (tally.runs === 0) throw nothing(target, failed);
  tell({ folder, formats, files: writer.finish(), tally, failed }, flags, io);
  return 0;
}

function nothing(target: string, failed: readonly NotExported[]): CodeTracerError {
  const reasons = failed.slice(0, 3).map(({ message }) => `\n  ${message}`);
  return new CodeTracerError("unreadable", `${target}: none of its runs could be read${reasons.join("")}`);
}

interface Exported {
  folder: string;
  formats: readonly ExportFormat[];
  files: readonly WrittenFile[];
  tally: Tally;
  failed: readonly NotExported[];
}

function tell({ folder, formats, files, tally, failed }: Exported, flags: ExportFlags, io: Io): void {
  for (const { run, message } of failed)
    io.stderr.write(`codetracer: ${printable(run)} was left out: ${printable(message)}\n`);
  if (tally.unredacted > 0)
    io.stderr.write(
      `codetracer: made without redaction: ${counted(tally.unredacted, "run")}; the export may hold secrets\n`,
    );
  if (flags.json) {
    const summary = { folder, formats: formats.map(({ id }) => id), ...tally, files, failed };
    io.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
    return;
  }
  io.stdout.write(
    `${counted(tally.runs, "run")}, ${counted(tally.steps, "step")}, ${counted(tally.labels, "label")} → ${printable(folder)}\n`,
  );
  for (const { id, title } of formats) {
    const own = files.filter((file) => path.relative(folder, file.path).split(path.sep)[0] === id);
    const bytes = own.reduce((sum, file) => sum + file.bytes, 0);
    io.stdout.write(`  ${id.padEnd(14)}${title}: ${counted(own.length, "file")}, ${size(bytes)}\n`);
  }
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

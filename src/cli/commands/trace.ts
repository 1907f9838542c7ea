import path from "node:path";
import { diagnose, traceFolder } from "../../analyze/index.ts";
import { frameworkOf, rememberDiagnosis } from "../../memory/index.ts";
import { readWorkspace } from "../../workspace/read.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { writeDiagnosis } from "../../workspace/write.ts";
import type { ExitCode, Io } from "../io.ts";
import { memoryOf } from "../memory-flag.ts";
import { modelTracerName, modelTracers, type TracerFlags } from "../tracer-flags.ts";
import { report } from "./results.ts";

/** Flags of `trace`. */
export interface TraceFlags extends TracerFlags {
  json?: boolean;
  color?: boolean;
  force?: boolean;
}

/** `codetracer trace`: diagnoses a workspace again, without the raw run. */
export async function trace(workspace: string, flags: TraceFlags, io: Io): Promise<ExitCode> {
  const folder = path.resolve(io.cwd, workspace);
  const traced = await diagnosed(folder, flags, io);
  if (flags.json) io.stdout.write(`${JSON.stringify(traced.diagnosis, null, 2)}\n`);
  else io.stdout.write(report(traced.extraction.run, folder, traced, flags.color, io));
  return 0;
}

async function diagnosed(folder: string, flags: TraceFlags, io: Io): Promise<TracedWorkspace> {
  const name = modelTracerName(flags, io);
  if (name !== null) {
    const tracer = (await modelTracers(flags, io))(name);
    const options = { force: flags.force === true, profile: flags.profile ?? "codetracebench" } as const;
    return (await traceFolder(folder, tracer, options)).workspace;
  }
  const traced = diagnose(readWorkspace(folder), flags.profile);
  writeDiagnosis(folder, traced.diagnosis, traced.labels);
  const memory = memoryOf(flags, io);
  const { extraction, diagnosis } = traced;
  if (memory !== null) rememberDiagnosis(memory, frameworkOf(extraction), extraction.run, diagnosis);
  return traced;
}

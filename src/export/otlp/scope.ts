import type { ExportRun } from "../types.ts";
import type { Scope } from "./message.ts";

/** Who exports a run, and what the run as a whole is: the same for its spans and its events. */
export function scopeOf({ run_id, workspace }: ExportRun): Scope {
  const { extraction, diagnosis } = workspace;
  return {
    resource: {
      "service.name": extraction.agent.name ?? "agent",
      "service.version": extraction.agent.version ?? undefined,
      "codetracer.run_id": run_id,
      "codetracer.run": extraction.run,
      "codetracer.extractor": extraction.extractor.id,
      "codetracer.tracer": diagnosis.tracer,
    },
    version: extraction.codetracer_version,
  };
}

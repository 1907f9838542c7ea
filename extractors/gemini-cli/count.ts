import type { RunFiles } from "../../src/extract/toolkit/index.ts";
import { type Form, sourceOf } from "./source.ts";
import { subAgentFiles } from "./sub-agents.ts";

const CALL: Readonly<Record<Form, RegExp | null>> = {
  session: /"id"\s*:\s*"([^"]+)"\s*,\s*"name"\s*:\s*"[^"]*"\s*,\s*"args"\s*:/g,
  records: /"id"\s*:\s*"([^"]+)"\s*,\s*"name"\s*:\s*"[^"]*"\s*,\s*"args"\s*:/g,
  checkpoint: /"(functionCall)"\s*:\s*\{/g,
  stream: /^\s*\{"type"\s*:\s*"tool_use".*"tool_id"\s*:\s*"([^"]+)"/gm,
  telemetry: /"event\.name"\s*:\s*"gemini_cli\.(tool_call)"/g,
  answer: null,
};

/** Calls by pattern over the text: distinct ids where calls have one. In strings the quotes would be escaped. */
export function countCalls(run: RunFiles): number | null {
  const source = sourceOf(run);
  const pattern = source && CALL[source.form];
  if (!source || !pattern) return null;
  const isById = source.form !== "checkpoint" && source.form !== "telemetry";
  const ids: string[] = [];
  for (const path of [source.path, ...subFiles(run, source.path, source.form)]) {
    for (const [, id = ""] of run.text(path).matchAll(pattern)) ids.push(id);
  }
  return isById ? new Set(ids).size : ids.length;
}

function subFiles(run: RunFiles, path: string, form: Form): readonly string[] {
  if (form !== "session" && form !== "records") return [];
  return subAgentFiles(run, path, /"sessionId"\s*:\s*"([^"\\]+)"/.exec(run.head(path))?.[1] ?? null);
}

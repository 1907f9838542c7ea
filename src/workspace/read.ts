import fs from "node:fs";
import path from "node:path";
import type { z } from "zod";
import {
  DiagnosisFileSchema,
  ExtractionFileSchema,
  LabelsFileSchema,
  StageRangesFileSchema,
  StepsFileSchema,
} from "../trajectory/index.ts";
import { CodeTracerError } from "../util/errors.ts";
import { type TracedWorkspace, WORKSPACE_FILES, type Workspace } from "./workspace.ts";

/** Whether a folder is a complete workspace. */
export function isWorkspace(folder: string): boolean {
  return (
    fs.existsSync(path.join(folder, WORKSPACE_FILES.extraction)) &&
    fs.existsSync(path.join(folder, WORKSPACE_FILES.steps))
  );
}

/** The workspaces below a folder, sorted; none where it is no folder. */
export function workspacesBelow(folder: string): string[] {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name))
    .flatMap((below) => (isWorkspace(below) ? [below] : workspacesBelow(below)))
    .sort();
}

/** Reads a workspace folder, with the diagnosis where it has one. Throws CodeTracerError `bad_workspace`. */
export function readWorkspace(
  folder: string,
): Workspace & Partial<Pick<TracedWorkspace, "diagnosis" | "labels">> {
  if (!isWorkspace(folder)) {
    throw new CodeTracerError(
      "bad_workspace",
      `${folder} is no complete workspace: it lacks ${WORKSPACE_FILES.extraction} or ${WORKSPACE_FILES.steps}; make one with codetracer analyze <run>`,
    );
  }
  const task = fs.readFileSync(path.join(folder, WORKSPACE_FILES.task), "utf8");
  const workspace = {
    extraction: readJson(folder, WORKSPACE_FILES.extraction, ExtractionFileSchema),
    task: task === "(not recorded)\n" ? null : task,
    steps: readJson(folder, WORKSPACE_FILES.steps, StepsFileSchema),
    stages: readJson(folder, WORKSPACE_FILES.stages, StageRangesFileSchema),
    tree: fs.readFileSync(path.join(folder, WORKSPACE_FILES.tree), "utf8"),
  };
  if (!fs.existsSync(path.join(folder, WORKSPACE_FILES.diagnosis))) return workspace;
  return {
    ...workspace,
    diagnosis: readJson(folder, WORKSPACE_FILES.diagnosis, DiagnosisFileSchema),
    labels: readJson(folder, WORKSPACE_FILES.labels, LabelsFileSchema),
  };
}

/** Reads only `extraction.json`; undefined where it is missing or not of this version's shape. */
export function readExtraction(folder: string): z.infer<typeof ExtractionFileSchema> | undefined {
  try {
    return readJson(folder, WORKSPACE_FILES.extraction, ExtractionFileSchema);
  } catch {
    return undefined;
  }
}

function readJson<Schema extends z.ZodType>(folder: string, name: string, schema: Schema): z.infer<Schema> {
  const file = path.join(folder, name);
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    throw new CodeTracerError(
      "bad_workspace",
      `${file}: cannot be read as JSON; make the workspace again with codetracer analyze --force`,
      { path: file },
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join(".") ?? "";
  throw new CodeTracerError(
    "bad_workspace",
    `${file}: ${place || "the file"} is not of the expected shape (codetracer schema prints it)`,
    { path: file },
  );
}

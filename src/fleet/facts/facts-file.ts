import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type BehaviourFlag, type RunFacts, RunFactsSchema } from "../../trajectory/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { VERSION } from "../../util/version.ts";
import { WORKSPACE_FILES } from "../../workspace/workspace.ts";

/** The file beside a workspace that holds its facts. */
export const FACTS_FILE = "facts.json";

/** Goes up whenever the same workspace gives other facts. */
const FACTS_VERSION = 1;

const MADE_FROM = [
  WORKSPACE_FILES.extraction,
  WORKSPACE_FILES.task,
  WORKSPACE_FILES.steps,
  WORKSPACE_FILES.stages,
  WORKSPACE_FILES.diagnosis,
];

/** Over the bytes of a workspace, what a model judged, and this version: facts with another digest are stale. */
export function factsDigest(folder: string, judged: readonly BehaviourFlag[] = []): string {
  const hash = createHash("sha256").update(`${VERSION}\n${FACTS_VERSION}\n${JSON.stringify(judged)}\n`);
  for (const name of MADE_FROM) {
    const bytes = fs.readFileSync(path.join(folder, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex").slice(0, 32);
}

/** The facts that lie in a workspace folder; undefined where there are none or they are not of this version's shape. */
export function readFactsFile(folder: string): RunFacts | undefined {
  try {
    const text = fs.readFileSync(path.join(folder, FACTS_FILE), "utf8");
    return RunFactsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Writes the facts beside a workspace, whole or not at all. */
export function writeFactsFile(folder: string, facts: RunFacts): void {
  const file = path.join(folder, FACTS_FILE);
  fs.writeFileSync(`${file}.partial`, `${JSON.stringify(facts)}\n`);
  fs.renameSync(`${file}.partial`, file);
}

/** The facts of a workspace of a fleet. Throws CodeTracerError `bad_workspace` where they are missing or broken. */
export function requireFactsFile(folder: string): RunFacts {
  const facts = readFactsFile(folder);
  if (facts) return facts;
  throw new CodeTracerError(
    "bad_workspace",
    `${path.join(folder, FACTS_FILE)}: missing or not of the expected shape (codetracer schema facts prints it); run the codetracer fleet command again`,
    { path: path.join(folder, FACTS_FILE) },
  );
}

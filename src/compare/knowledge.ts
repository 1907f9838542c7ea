import type { Evidence, IndexedStep } from "../trajectory/index.ts";
import type { Knowledge } from "./types.ts";

const LATEST_FAILURES = 3;
const QUOTE_CHARS = 300;
const SAYS_FAILURE = /error|fail|exception|not found|no such|denied|refused|cannot|unable|traceback|fatal/i;

/** What a run had learned from `own` steps; `others` are what the other run had done by then. */
export function knowledgeOf(own: readonly IndexedStep[], others: readonly IndexedStep[]): Knowledge {
  const known = new Set(pathsRead(others));
  return {
    read: [...new Set(pathsRead(own))].filter((path) => !known.has(path)),
    tests: latestTests(own),
    failures: own
      .filter((step) => step.failed)
      .slice(-LATEST_FAILURES)
      .map((step) => ({ step_id: step.step_id, name: step.name, evidence: failureLine(step) })),
  };
}

function pathsRead(steps: readonly IndexedStep[]): string[] {
  return steps.flatMap((step) => (step.failed ? [] : (step.touches.reads ?? [])));
}

function latestTests(steps: readonly IndexedStep[]): Knowledge["tests"] {
  const latest = new Map<string, Knowledge["tests"][number]>();
  for (const { touches, step_id, failed } of steps)
    for (const runner of touches.tests ?? []) latest.set(runner, { runner, step_id, failed });
  return [...latest.values()];
}

/** The last line of what came back that speaks of a failure, whole or its beginning, verbatim; null = no line does. */
function failureLine({ step_id, observation }: IndexedStep): Evidence | null {
  const line = (observation ?? "")
    .slice(-20_000)
    .split("\n")
    .findLast((one) => SAYS_FAILURE.test(one))
    ?.trim();
  return line ? { step_id, where: "observation", quote: line.slice(0, QUOTE_CHARS) } : null;
}

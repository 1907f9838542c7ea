import type { Failure } from "../../trajectory/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";

/** What kind of failure a run is and its summary; null where it did not fail or that is not known. */
export function failureOf(_workspace: TracedWorkspace): Failure | null {
  return null;
}

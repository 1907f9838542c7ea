import { refusesJudgement } from "../../trace/refuses-judgement.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { Workspace } from "../../workspace/workspace.ts";

/** Why nobody may judge the run; null = it may be judged. */
export function refusal({ steps, extraction }: Workspace): string | null {
  const told = refusesJudgement({ steps, ...extraction });
  if (told === null) return null;
  return told.verdict === "no_steps"
    ? "The run has no steps."
    : "The harness broke the run, not the agent: it is not judged.";
}

/** Throws CodeTracerError `bad_workspace` for a run whose secrets were kept. */
export function requireRedacted({ extraction }: Workspace): void {
  if (extraction.redactions !== null) return;
  throw new CodeTracerError(
    "bad_workspace",
    `${extraction.run} was read with --no-redact: its secrets would be sent to the model; read it again without that flag`,
  );
}

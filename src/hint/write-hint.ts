import type { HintFile } from "../trajectory/hint.ts";
import { VERSION } from "../util/version.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import { gatherHint } from "./gather.ts";
import type { HintOptions } from "./material.ts";
import { renderHintText } from "./render-text.ts";

/** The hint that rules and templates make of a diagnosed run. Pure. */
export function writeHint(workspace: TracedWorkspace, options: HintOptions): HintFile {
  const { onset_step_id, ...material } = gatherHint(workspace, options);
  const { text, token_count, parts } = renderHintText(material, options.budgetTokens);
  return {
    codetracer_version: VERSION,
    run: workspace.extraction.run,
    written_by: "rules",
    model: null,
    prompt_digest: null,
    ...parts,
    facts: [...parts.facts],
    avoid: [...parts.avoid],
    onset_step_id,
    allows_verifier: options.allowVerifier,
    budget_tokens: options.budgetTokens,
    token_count,
    text,
  };
}

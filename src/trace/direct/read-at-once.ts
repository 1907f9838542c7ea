import { openJournal } from "../../agent/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { nonceOf } from "../fence.ts";
import type { Pass, PassInput, PassPorts } from "../pass.ts";
import { outcomeSentence } from "../rules/narrate.ts";
import { traceDirect } from "./trace-direct.ts";

export { DIRECT_PROMPTS } from "./direct-prompt.ts";

/** One reading of a run without a shell, in one prompt or in a few over a run beyond the context. Throws CodeTracerError `model` where nothing came of it, and what the model throws. */
export async function readAtOnce(input: PassInput, ports: PassPorts): Promise<Pass> {
  const journal = openJournal(
    ports.journal?.file ?? null,
    { ...ports.header, shell: "none", input_digest: nonceOf(input) },
    { fresh: ports.journal?.fresh ?? false },
  );
  const { investigation, spent, end, judged_parts } = await traceDirect(
    { ...input, outcome: outcomeSentence(input.outcome) },
    { ...ports.loop, journal, limits: ports.limits, context_tokens: ports.context_tokens },
  );
  if (end === "aborted") throw new CodeTracerError("model", "the reading was interrupted");
  if (judged_parts === 0) throw new CodeTracerError("model", investigation.warnings.join(" "));
  return { investigation, spent };
}

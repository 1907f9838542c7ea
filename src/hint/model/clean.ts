import { checkForbidden } from "../check/check-forbidden.ts";
import type { ForbiddenText } from "../check/forbidden.ts";
import { textsOf } from "../check/hint-texts.ts";
import { seenBefore } from "../check/seen.ts";
import type { HintMaterial } from "../material.ts";
import type { ProofContext } from "./prove.ts";

/**
 * Leaves out the points that hold what only the verifier or the solution says, and counts them. The model is not told of them: which of its guesses is right would
 * give the solution away.
 */
export function withoutForbidden(
  material: HintMaterial,
  forbidden: readonly ForbiddenText[],
  { workspace, reach, allowVerifier }: ProofContext,
): { material: HintMaterial; dropped: number } {
  const compared = allowVerifier ? forbidden.filter(({ is_gold }) => is_gold) : forbidden;
  const texts = textsOf({ ...material, facts: [...material.facts], avoid: [...material.avoid], text: "" });
  const seen = seenBefore(workspace, reach.gate.onset_step_id);
  const bad = new Set(checkForbidden(texts, compared, seen).map(({ place }) => place.replace(/\..*$/, "")));
  return {
    dropped: bad.size,
    material: {
      ...material,
      facts: material.facts.filter((_, index) => !bad.has(`facts[${index}]`)),
      avoid: material.avoid.filter((_, index) => !bad.has(`avoid[${index}]`)),
      mistake: bad.has("mistake") ? null : material.mistake,
      instead: bad.has("instead") || bad.has("mistake") ? null : material.instead,
    },
  };
}

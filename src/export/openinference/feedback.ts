import type { Evaluation } from "../evaluations.ts";
import { toJson } from "../json.ts";
import { type Attributes, double } from "../otlp/message.ts";

/**
 * Judgements as flattened annotations. `scope` is empty for the span that carries or is linked, `trace.` for its whole trace.
 * Source: https://github.com/Arize-ai/openinference/blob/main/spec/annotations.md
 */
export function feedback(scope: "" | "trace.", evaluations: readonly Evaluation[]): Attributes {
  return Object.assign(
    {},
    ...evaluations.map((evaluation, index) => {
      const place = `${scope}annotations.${index}.annotation`;
      return {
        [`${place}.name`]: evaluation.name,
        [`${place}.score`]: double(evaluation.score),
        [`${place}.label`]: evaluation.label,
        [`${place}.explanation`]: evaluation.explanation,
        [`${place}.annotator_kind`]: evaluation.judge,
        [`${place}.identifier`]: evaluation.identifier,
        [`${place}.metadata`]: toJson(evaluation.metadata),
      };
    }),
  );
}

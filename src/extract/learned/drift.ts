import type { Fidelity } from "../../trajectory/extraction.ts";
import type { Warning } from "../../trajectory/trajectory.ts";
import type { Extractor } from "../extractor.ts";

/** What is said of a run that a learned extractor reads badly: the format has moved on, or was never understood. */
export function driftWarnings({ id, version, learned }: Extractor, fidelity: Fidelity): Warning[] {
  if (learned === undefined || fidelity.passed) return [];
  const failed = fidelity.checks.filter((check) => check.passed === false).map((check) => check.name);
  return [
    {
      message: `the learned extractor ${id} (version ${version}) does not fit this run any more (${failed.join(", ")}): codetracer extractors learn on this run starts a revision`,
    },
  ];
}

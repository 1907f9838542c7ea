import type { JSX } from "preact";
import type { Outcome } from "../../trajectory/index.ts";
import { useReader } from "./context.ts";

/** How the run ended, in a word. */
export function OutcomeChip(): JSX.Element {
  const { outcome } = useReader().facts.data.extraction;
  const { word, tone } = ending(outcome);
  return <span class={`chip strong ${tone}`}>{word}</span>;
}

function ending(outcome: Outcome): { word: string; tone: string } {
  if (outcome.infrastructure_failure !== null) return { word: "harness failed", tone: "warn" };
  if (outcome.resolved === null) return { word: "outcome unknown", tone: "" };
  return outcome.resolved ? { word: "✓ solved", tone: "good" } : { word: "✗ not solved", tone: "bad" };
}

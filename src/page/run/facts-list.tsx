import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { dollarWords, durationWords, shortCount } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { PageStep } from "./data.ts";
import { type Metric, metrics, total, wallTime } from "./metrics.ts";

/** The run in figures: who, how long, how it ended and who says so. */
export function FactsList(): JSX.Element {
  const { data } = useReader().facts;
  const { steps } = data;
  const figures = useMemo(() => totals(steps), [steps]);
  const changes = steps.filter((step) => step.kind === "change").length;
  const failed = steps.filter((step) => step.failed).length;
  const counts = `${steps.length}${steps.length > 0 ? `: ${changes} change, ${steps.length - changes} explore, ${failed} failed` : ""}`;
  const rows: [string, string][] = [
    ["Outcome", data.outcome_words],
    ["Agent", data.agent_words],
    ["Steps", counts],
    ...figures,
  ];
  return (
    <dl class="facts">
      {rows.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{plainLine(text)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function totals(steps: readonly PageStep[]): [string, string][] {
  const [, tokens, cost] = metrics(steps);
  const sum = (metric: Metric | undefined, words: (value: number) => string): string => {
    const value = metric === undefined ? null : total(metric);
    return value === null ? "not recorded" : words(value);
  };
  return [
    ["Time", timeWords(steps)],
    ["Tokens", sum(tokens, shortCount)],
    ["Cost", sum(cost, dollarWords)],
  ];
}

function timeWords(steps: readonly PageStep[]): string {
  const wall = wallTime(steps);
  const durations = steps.flatMap((step) => (step.duration_ms === undefined ? [] : [step.duration_ms]));
  const inActions = durations.reduce((sum, ms) => sum + ms, 0);
  const parts = [
    ...(wall === null ? [] : [`${durationWords(wall)} from the first step to the last`]),
    ...(durations.length === 0 ? [] : [`${durationWords(inActions)} in actions`]),
  ];
  return parts.length === 0 ? "not recorded" : parts.join(", ");
}

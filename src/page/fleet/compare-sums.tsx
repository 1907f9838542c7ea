import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { countWords, dollarWords, shortCount } from "../shared/format.ts";
import type { RunGroup } from "./fleet.ts";
import { OutcomeBar } from "./outcome.tsx";
import { median, percent, type Sums, sumsOf } from "./sums.ts";

interface Side {
  sums: Sums;
  medianCost: number | null;
  medianTokens: number | null;
  medianLabels: number | null;
}

const ROWS: readonly [string, (side: Side) => string][] = [
  ["Runs", ({ sums }) => countWords(sums.runs)],
  ["Solved of known", ({ sums }) => solvedWords(sums)],
  ["Median score", ({ sums }) => numberWords(sums.medianScore)],
  ["Median steps", ({ sums }) => numberWords(sums.medianSteps)],
  ["Steps that failed", ({ sums }) => percent(sums.failedSteps, sums.steps)],
  ["Median incorrect steps", ({ medianLabels }) => numberWords(medianLabels)],
  [
    "Median tokens",
    ({ medianTokens }) => (medianTokens === null ? "not recorded" : shortCount(medianTokens)),
  ],
  ["Median cost", ({ medianCost }) => (medianCost === null ? "not recorded" : dollarWords(medianCost))],
];

/** What two groups add up to, side by side. */
export function CompareSums({ first, second }: { first: RunGroup; second: RunGroup }): JSX.Element {
  const a = useMemo(() => sideOf(first), [first]);
  const b = useMemo(() => sideOf(second), [second]);
  return (
    <section class="card">
      <h2>All runs</h2>
      <table class="plain versus">
        <thead>
          <tr>
            <td />
            <th scope="col" class="num side-a">
              A
            </th>
            <th scope="col" class="num side-b">
              B
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Outcomes</th>
            <td>
              <OutcomeBar outcomes={a.sums.outcomes} />
            </td>
            <td>
              <OutcomeBar outcomes={b.sums.outcomes} />
            </td>
          </tr>
          {ROWS.map(([name, wordsOf]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="num">{wordsOf(a)}</td>
              <td class="num">{wordsOf(b)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function sideOf({ runs }: RunGroup): Side {
  return {
    sums: sumsOf(runs),
    medianCost: median(runs.flatMap(({ cost_usd }) => cost_usd ?? [])),
    medianTokens: median(
      runs.flatMap(({ input_tokens, output_tokens }) =>
        input_tokens === null && output_tokens === null ? [] : (input_tokens ?? 0) + (output_tokens ?? 0),
      ),
    ),
    medianLabels: median(runs.map(({ incorrect_count }) => incorrect_count)),
  };
}

function solvedWords({ outcomes: { solved, failed } }: Sums): string {
  return solved + failed === 0
    ? "not recorded"
    : `${percent(solved, solved + failed)} (${solved} of ${solved + failed})`;
}

function numberWords(value: number | null): string {
  return value === null ? "–" : `${Math.round(value * 10) / 10}`;
}

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { behaviourCount } from "./comparison.ts";
import { useReader } from "./context.ts";
import type { PageRun } from "./data.ts";
import type { RunGroup } from "./fleet.ts";
import { percent } from "./sums.ts";
import { behaviourWords } from "./words.ts";

interface Rate {
  name: string;
  first: { present: number; judged: number };
  second: { present: number; judged: number };
}

/** How often each side shows a behaviour, and what its failed runs failed at. */
export function CompareRates({ first, second }: { first: RunGroup; second: RunGroup }): JSX.Element {
  const { behaviours } = useReader().fleet;
  const shown = useMemo(
    () =>
      behaviours
        .map((behaviour) => ({
          name: behaviourWords(behaviour),
          first: behaviourCount(first.runs, behaviour),
          second: behaviourCount(second.runs, behaviour),
        }))
        .sort(byDifference),
    [behaviours, first, second],
  );
  const stages = useMemo(() => stageRates(first.runs, second.runs), [first, second]);
  return (
    <div class="pair">
      <Rates title="Behaviours" rates={shown} note="Of the runs of which it can be told." />
      <Rates title="What failed runs failed at" rates={stages} note="Of the failed runs." />
    </div>
  );
}

function Rates({ title, rates, note }: { title: string; rates: readonly Rate[]; note: string }): JSX.Element {
  return (
    <section class="card">
      <h2>{title}</h2>
      <p class="soft small">{note}</p>
      {rates.length === 0 && <p class="soft">None.</p>}
      <ul class="rates">
        {rates.map((rate) => (
          <li key={rate.name}>
            <b>{rate.name}</b>
            <Bar side="a" count={rate.first} />
            <Bar side="b" count={rate.second} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Bar({ side, count }: { side: "a" | "b"; count: { present: number; judged: number } }): JSX.Element {
  const { present, judged } = count;
  return (
    <span class="rate">
      <span class={`side-name side-${side}`}>{side.toUpperCase()}</span>
      <span class="bar-track" aria-hidden="true">
        <span
          class={`side-${side}-fill`}
          style={{ width: judged === 0 ? "0" : `${(100 * present) / judged}%` }}
        />
      </span>
      <span class="share-words">
        {percent(present, judged)} <span class="soft">{`${present} of ${judged}`}</span>
      </span>
    </span>
  );
}

function stageRates(first: readonly PageRun[], second: readonly PageRun[]): Rate[] {
  const failed = (runs: readonly PageRun[]) => runs.flatMap(({ failure }) => failure?.stage ?? []);
  const [a, b] = [failed(first), failed(second)];
  return [...new Set([...a, ...b])]
    .map((stage) => ({
      name: stage === "unknown" ? "cannot be told" : stage,
      first: { present: a.filter((one) => one === stage).length, judged: a.length },
      second: { present: b.filter((one) => one === stage).length, judged: b.length },
    }))
    .sort(byDifference);
}

function byDifference(a: Rate, b: Rate): number {
  return differenceOf(b) - differenceOf(a);
}

function differenceOf({ first, second }: Rate): number {
  const share = ({ present, judged }: Rate["first"]) => (judged === 0 ? 0 : present / judged);
  return Math.abs(share(first) - share(second));
}

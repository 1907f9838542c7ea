import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { plural } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { CompareRates } from "./compare-rates.tsx";
import { CompareSums } from "./compare-sums.tsx";
import { CompareTasks } from "./compare-tasks.tsx";
import { sharedTasks } from "./comparison.ts";
import { useReader } from "./context.ts";
import type { RunGroup } from "./fleet.ts";

/** Groups among which the first pair is looked for. */
const WEIGHED = 12;

/** Two agents, models or both side by side. */
export function Compare(): JSX.Element {
  const { fleet, state, go } = useReader();
  const [first, second] = useMemo(
    () => chosen(fleet.groups, state.first, state.second),
    [fleet, state.first, state.second],
  );
  const shared = useMemo(() => sharedTasks(first?.runs ?? [], second?.runs ?? []), [first, second]);
  if (!first || !second)
    return (
      <div class="stack">
        <section class="card">
          <h2>Nothing to compare</h2>
          <p class="soft">All runs are of one agent and one model.</p>
        </section>
      </div>
    );
  return (
    <div class="stack">
      <section class="card">
        <h2>Compare</h2>
        <div class="choose-two">
          <GroupChoice name="A" group={first} choose={(key) => go({ first: key, second: second.key })} />
          <button
            type="button"
            class="icon"
            aria-label="Swap A and B"
            onClick={() => go({ first: second.key, second: first.key, run_id: null })}
          >
            ⇄
          </button>
          <GroupChoice name="B" group={second} choose={(key) => go({ first: first.key, second: key })} />
        </div>
        <p class="soft">
          {shared.tasks.length === 0
            ? "They have no task in common whose outcome is known: what follows also shows how their tasks differ."
            : `${plural(shared.tasks.length, "task")} in common. What stands over all runs also shows how their other tasks differ; codetracer fleet compare tests what stands here.`}
        </p>
      </section>
      <CompareSums first={first} second={second} />
      <CompareTasks shared={shared} />
      <CompareRates first={first} second={second} />
    </div>
  );
}

/** Two different groups: those asked for, else those of agent and model together that have most tasks in common. */
function chosen(
  groups: readonly RunGroup[],
  first: string | null,
  second: string | null,
): [RunGroup | undefined, RunGroup | undefined] {
  const a = groups.find(({ key }) => key === first);
  const b = groups.find(({ key }) => key === second);
  if (a && b) return [a, b];
  const largest = groups.filter(({ by }) => by === "both").slice(0, WEIGHED);
  const pairs = (a ? [a] : largest)
    .flatMap((one) => (b ? [b] : largest).map((other) => [one, other] as const))
    .filter(([one, other]) => one.key !== other.key)
    .map((pair) => ({ pair, shared: sharedTasks(pair[0].runs, pair[1].runs).tasks.length }));
  const best = pairs.reduce<(typeof pairs)[number] | undefined>(
    (most, one) => (most && most.shared >= one.shared ? most : one),
    undefined,
  );
  return best ? [best.pair[0], best.pair[1]] : [undefined, undefined];
}

const TITLES = { both: "Agent and model", agent: "Agents", model: "Models" } as const;

function GroupChoice(props: { name: string; group: RunGroup; choose(key: string): void }): JSX.Element {
  const { name, group, choose } = props;
  const { groups } = useReader().fleet;
  return (
    <label class={`group-choice side-${name.toLowerCase()}`}>
      <b>{name}</b>
      <select value={group.key} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {(["both", "agent", "model"] as const).map((by) => (
          <optgroup key={by} label={TITLES[by]}>
            {groups
              .filter((one) => one.by === by)
              .map((one) => (
                <option key={one.key} value={one.key}>
                  {`${plainLine(one.title)} (${one.runs.length})`}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { countWords, dollarWords } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { NO_FILTER } from "./filter.ts";
import type { RunGroup } from "./fleet.ts";
import { OutcomeBar } from "./outcome.tsx";
import { percent, sumsOf } from "./sums.ts";

const SHOWN = 30;
const BYS = [
  ["both", "Agent and model"],
  ["agent", "Agent"],
  ["model", "Model"],
] as const;

/** Agents and models side by side; each is a way to its runs. */
export function GroupTable(): JSX.Element {
  const { fleet } = useReader();
  const [by, setBy] = useState<RunGroup["by"]>("both");
  const [isAll, setAll] = useState(false);
  const groups = fleet.groups.filter((group) => group.by === by);
  return (
    <section class="card">
      <div class="card-head">
        <h2>Agents and models</h2>
        <span class="switch">
          {BYS.map(([one, title]) => (
            <button
              type="button"
              key={one}
              class="toggle"
              aria-pressed={by === one}
              onClick={() => setBy(one)}
            >
              {title}
            </button>
          ))}
        </span>
      </div>
      <div class="scroll-x">
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">{BYS.find(([one]) => one === by)?.[1]}</th>
              <th scope="col" class="num">
                Runs
              </th>
              <th scope="col" class="wide">
                Outcomes
              </th>
              <th scope="col" class="num">
                Solved of known
              </th>
              <th scope="col" class="num">
                Median steps
              </th>
              <th scope="col" class="num">
                Median score
              </th>
              <th scope="col" class="num">
                Cost
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.slice(0, isAll ? groups.length : SHOWN).map((group) => (
              <GroupRow key={group.key} group={group} />
            ))}
          </tbody>
        </table>
      </div>
      {groups.length > SHOWN && !isAll && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          {`Show all ${groups.length}`}
        </button>
      )}
    </section>
  );
}

function GroupRow({ group }: { group: RunGroup }): JSX.Element {
  const { go } = useReader();
  const sums = useMemo(() => sumsOf(group.runs), [group]);
  const { solved, failed } = sums.outcomes;
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          class="quiet name"
          onClick={() => go({ view: "runs", filter: { ...NO_FILTER, group: group.key } })}
        >
          {plainLine(group.title)}
        </button>
      </th>
      <td class="num">{countWords(sums.runs)}</td>
      <td>
        <OutcomeBar outcomes={sums.outcomes} />
      </td>
      <td class="num">
        {percent(solved, solved + failed)}
        <span class="soft"> {solved + failed > 0 && `of ${countWords(solved + failed)}`}</span>
      </td>
      <td class="num">{sums.medianSteps ?? "–"}</td>
      <td class="num">{sums.medianScore === null ? "–" : Math.round(sums.medianScore)}</td>
      <td class="num">{sums.cost.runs === 0 ? "–" : dollarWords(sums.cost.dollars)}</td>
    </tr>
  );
}

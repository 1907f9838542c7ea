import type { JSX } from "preact";
import { plainLine, plainText } from "../shared/plain-text.ts";
import { BehaviourRow } from "./behaviour-row.tsx";
import { useReader } from "./context.ts";
import type { PageAssociation, PageAssociationTable } from "./data.ts";
import type { Fleet } from "./fleet.ts";
import { axisOf } from "./forest.ts";
import { ForestAxis } from "./interval.tsx";

const ALL: PageAssociationTable = { by: "all", value: null, rows: [], notes: [] };

/** How often each behaviour is shown, and how it goes with failure; one opens the runs that show it. */
export function Behaviours(): JSX.Element {
  const { fleet, state, go } = useReader();
  const tables = fleet.data.associations;
  const table = tables[state.table] ?? ALL;
  const rows = rowsOf(fleet, table);
  const axis = axisOf(rows.filter(({ is_shown }) => is_shown));
  return (
    <div class="stack">
      <section class="card">
        <div class="card-head">
          <h2>Behaviours and failure</h2>
          {tables.length > 1 && (
            <select
              aria-label="Over which runs"
              value={state.table}
              onChange={({ currentTarget }) => go({ table: Number(currentTarget.value) })}
            >
              {tables.map((one, index) => (
                <option key={titleOf(one)} value={index}>
                  {titleOf(one)}
                </option>
              ))}
            </select>
          )}
        </div>
        <p class="soft">
          Runs whose outcome is known. The risk ratio is the share of failed runs that show a behaviour over
          that of solved ones, with its 95 % interval: right of 1, the behaviour goes with failure. It does
          not say which brings about which.
        </p>
        <div class="scroll-x">
          <table class="plain behaviours">
            <thead>
              <tr>
                <th scope="col">Behaviour</th>
                <th scope="col" class="num">
                  Runs
                </th>
                <th scope="col">In failed and solved runs</th>
                <th scope="col" class="forest">
                  Risk ratio
                  <ForestAxis axis={axis} />
                </th>
                <th scope="col" class="num">
                  <abbr title="Fisher's exact test, two-sided, corrected for the number of behaviours">
                    p
                  </abbr>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <BehaviourRow key={row.behaviour} row={row} axis={axis} />
              ))}
            </tbody>
          </table>
        </div>
        {rows.length === 0 && <p class="soft">No behaviour was judged.</p>}
        {table.notes.map((note) => (
          <p key={note} class="soft">
            {plainText(note)}
          </p>
        ))}
      </section>
    </div>
  );
}

/** The table's rows, and a bare one for each behaviour that it does not hold but some run shows. */
function rowsOf(fleet: Fleet, table: PageAssociationTable): PageAssociation[] {
  const known = new Set(table.rows.map(({ behaviour }) => behaviour));
  if (table.by !== "all") return [...table.rows];
  const bare = fleet.behaviours
    .filter((behaviour) => !known.has(behaviour))
    .map((behaviour) => countedOf(fleet, behaviour));
  return [...table.rows, ...bare];
}

function countedOf(fleet: Fleet, behaviour: string): PageAssociation {
  const count = (outcome: "failed" | "solved") => {
    const runs = fleet.data.runs.filter((run) => run.outcome === outcome);
    const present = runs.filter((run) => run.flags.some((flag) => flag.behaviour === behaviour)).length;
    return { present, judged: present + runs.filter((run) => run.absent.includes(behaviour)).length };
  };
  const [failed, solved] = [count("failed"), count("solved")];
  const abstained = fleet.data.runs.filter(
    ({ outcome, unjudged }) => (outcome === "failed" || outcome === "solved") && unjudged.includes(behaviour),
  ).length;
  return {
    behaviour,
    polarity: null,
    failed,
    solved,
    abstained,
    risk_ratio: null,
    interval: null,
    is_corrected: false,
    is_shown: false,
    p: null,
    p_corrected: null,
  };
}

function titleOf({ by, value }: PageAssociationTable): string {
  if (by === "all") return "All runs";
  return `${by}: ${value === null ? "not recorded" : plainLine(value)}`;
}

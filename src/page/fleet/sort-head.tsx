import type { JSX } from "preact";
import { useReader } from "./context.ts";
import type { Sort, SortKey } from "./filter.ts";

const COLUMNS: readonly [SortKey, string, string][] = [
  ["outcome", "Outcome", "outcome"],
  ["place", "Run", "run"],
  ["agent", "Agent · model", "agent"],
  ["steps", "Steps", "steps num"],
  ["failed", "Failed", "failed num"],
  ["score", "Score", "score-cell num"],
  ["behaviours", "Behaviours", "shows"],
  ["cost", "Cost", "cost num"],
];
/** Numbers are asked for from the largest on. */
const DESCENDING_FIRST: readonly SortKey[] = ["steps", "failed", "behaviours", "cost"];

/** The head of the table of runs: each name sorts by its column, and turns the order around. */
export function SortHead(): JSX.Element {
  const { state, go } = useReader();
  return (
    <thead>
      <tr>
        {COLUMNS.map(([key, title, style]) => {
          const order = orderOf(state.sort, key);
          return (
            <th key={key} scope="col" class={style} aria-sort={order}>
              <button type="button" onClick={() => go({ sort: next(state.sort, key) })}>
                {title}
                <span aria-hidden="true">{{ none: "", descending: " ↓", ascending: " ↑" }[order]}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function orderOf(sort: Sort, key: SortKey): "none" | "descending" | "ascending" {
  // The fleet's own order is told as none.
  if (sort.key !== key || (key === "place" && !sort.isDescending)) return "none";
  return sort.isDescending ? "descending" : "ascending";
}

function next(sort: Sort, key: SortKey): Sort {
  return { key, isDescending: sort.key === key ? !sort.isDescending : DESCENDING_FIRST.includes(key) };
}

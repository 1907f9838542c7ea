import { NO_FILTER, NO_SORT, type RunFilter, type Sort } from "./filter.ts";

/** The parts of the page. */
export const VIEWS = ["overview", "behaviours", "failures", "runs", "compare"] as const;
export type View = (typeof VIEWS)[number];

/** What the reader is looking at. */
export interface State {
  view: View;
  /** The run that is open beside the view; null = none. */
  run_id: string | null;
  filter: RunFilter;
  sort: Sort;
  /** The behaviour whose runs are listed. */
  behaviour: string | null;
  /** Over which table of behaviours: its place among the page's; 0 = all runs. */
  table: number;
  /** The cluster whose members are listed. */
  cluster: number | null;
  /** Keys of the two groups that are compared. */
  first: string | null;
  second: string | null;
  isHelp: boolean;
}

/** The state before anything was done. */
export const FIRST_STATE: State = {
  view: "overview",
  run_id: null,
  filter: NO_FILTER,
  sort: NO_SORT,
  behaviour: null,
  table: 0,
  cluster: null,
  first: null,
  second: null,
  isHelp: false,
};

/** What the reader does: the parts of the state that change. */
export type Change = Partial<State>;

/** The state after a change. Going to another view leaves the run. */
export function reduce(state: State, change: Change): State {
  const isLeaving = change.view !== undefined && change.view !== state.view;
  return { ...state, ...(isLeaving && { run_id: null }), ...change };
}

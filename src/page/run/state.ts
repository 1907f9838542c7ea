import { type Filter, NO_FILTER } from "./filter.ts";

/** A quote that was asked for: it is scrolled to and stands out. */
export interface Focus {
  step_id: number;
  where: "action" | "observation" | "thinking";
  quote: string;
}

/** Panes of the page. Wide pages show the tree beside one of the other two. */
export type Pane = "overview" | "steps" | "step";

/** What the reader is looking at. */
export interface State {
  pane: Pane;
  /** null = none was opened yet. */
  step_id: number | null;
  focus: Focus | null;
  filter: Filter;
  collapsed: ReadonlySet<number>;
  isHelp: boolean;
}

/** What the reader does. */
export type Action =
  | { do: "open"; step_id: number; stage_id: number | null; focus?: Focus }
  | { do: "pane"; pane: Pane }
  | { do: "filter"; change: Partial<Filter> }
  | { do: "clear-filter" }
  | { do: "toggle-stage"; stage_id: number }
  | { do: "collapse"; stage_ids: readonly number[] }
  | { do: "help"; isHelp: boolean };

/** The state before anything was done. */
export const FIRST_STATE: State = {
  pane: "overview",
  step_id: null,
  focus: null,
  filter: NO_FILTER,
  collapsed: new Set(),
  isHelp: false,
};

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case "open":
      return {
        ...state,
        pane: "step",
        step_id: action.step_id,
        focus: action.focus ?? null,
        collapsed: without(state.collapsed, action.stage_id),
      };
    case "pane":
      return { ...state, pane: action.pane };
    case "filter":
      return { ...state, filter: { ...state.filter, ...action.change } };
    case "clear-filter":
      return { ...state, filter: NO_FILTER };
    case "toggle-stage":
      return { ...state, collapsed: toggled(state.collapsed, action.stage_id) };
    case "collapse":
      return { ...state, collapsed: new Set(action.stage_ids) };
    case "help":
      return { ...state, isHelp: action.isHelp };
  }
}

function without(set: ReadonlySet<number>, id: number | null): ReadonlySet<number> {
  return id === null || !set.has(id) ? set : toggled(set, id);
}

function toggled(set: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

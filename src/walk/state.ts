import type { Field, Stretch } from "./book.ts";
import { type Place, TOP } from "./scroll.ts";

/** What the keys act on: the steps themselves, the trace tree, a page about something, or a line that is being typed. */
export type Mode =
  | { name: "read" }
  | { name: "tree" }
  | { name: "about"; subject: "keys" | "run"; top: Place }
  | { name: "type"; prompt: "search" | "step"; text: string; before: Mode };

/** Where somebody is in a run, and how it is shown. Never changed: a key makes a new one. */
export interface WalkState {
  /** 1-based; the step that is looked at. */
  step_id: number;
  /** First row of the step that is shown. */
  top: Place;
  mode: Mode;
  /** Texts of which the beginning is shown, in every step. */
  folded: Readonly<Record<Field, boolean>>;
  /** Texts of this step that are folded otherwise. */
  here: Readonly<Partial<Record<Field, boolean>>>;
  search: Search | null;
  /** The quote that was last gone to; null = none yet. */
  quote: Stretch | null;
  /** Steps that jumps were made from, the last one last. */
  trail: readonly number[];
  /** Said at the bottom until the next key; null = nothing. */
  message: string | null;
  /** null = it goes on. */
  ended: "done" | "interrupted" | null;
}

/** What is searched for. */
export interface Search {
  text: string;
  /** Where the search stands; null = nowhere in the run. */
  at: Stretch | null;
}

/** Columns and rows of the terminal. */
export interface Size {
  columns: number;
  rows: number;
}

/** Where a walk begins: at this step, texts before the observation folded so that it comes into sight. */
export function startState(stepId: number): WalkState {
  return {
    step_id: stepId,
    top: TOP,
    mode: { name: "read" },
    folded: { thinking: true, action: true, observation: false },
    here: {},
    search: null,
    quote: null,
    trail: [],
    message: null,
    ended: null,
  };
}

/** At another step, from its top. */
export function atStep(state: WalkState, stepId: number): WalkState {
  return { ...state, step_id: stepId, top: TOP, here: {} };
}

/** The same, from far: the way back is remembered. */
export function jumped(state: WalkState, stepId: number): WalkState {
  if (stepId === state.step_id) return { ...state, top: TOP };
  return { ...atStep(state, stepId), trail: [...state.trail, state.step_id] };
}

/** Nothing else changes but what is said at the bottom. */
export function saying(state: WalkState, message: string): WalkState {
  return { ...state, message };
}

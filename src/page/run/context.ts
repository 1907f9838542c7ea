import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { RunFacts } from "./facts.ts";
import type { Action, Focus, State } from "./state.ts";

/** What every part of the page can reach: the run, what is looked at, and how to look elsewhere. */
export interface Reader {
  facts: RunFacts;
  state: State;
  /** Ids of the steps that the filter lets through, ascending. */
  shown: readonly number[];
  act(action: Action): void;
  /** Opens a step, at a quote where one is given. */
  open(stepId: number, focus?: Focus): void;
}

export const ReaderContext = createContext<Reader | null>(null);

/** The page's reader. Only inside the page. */
export function useReader(): Reader {
  const reader = useContext(ReaderContext);
  if (reader === null) throw new Error("outside the page");
  return reader;
}

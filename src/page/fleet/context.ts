import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageRun } from "./data.ts";
import type { Fleet } from "./fleet.ts";
import type { Change, State } from "./state.ts";

/** What every part of the page can reach: the fleet, what is looked at, and how to look elsewhere. */
export interface Reader {
  fleet: Fleet;
  state: State;
  /** The runs of the list that is in sight, in its order: next and previous go along it. */
  listed: readonly PageRun[];
  go(change: Change): void;
}

export const ReaderContext = createContext<Reader | null>(null);

/** The page's reader. Only inside the page. */
export function useReader(): Reader {
  const reader = useContext(ReaderContext);
  if (reader === null) throw new Error("outside the page");
  return reader;
}

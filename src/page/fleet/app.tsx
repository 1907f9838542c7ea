import type { JSX } from "preact";
import { useMemo, useReducer } from "preact/hooks";
import { Behaviours } from "./behaviours.tsx";
import { Compare } from "./compare.tsx";
import { ReaderContext } from "./context.ts";
import { Failures } from "./failures.tsx";
import type { Fleet } from "./fleet.ts";
import { Header } from "./header.tsx";
import { Help } from "./help.tsx";
import { listedRuns } from "./listed.ts";
import { Overview } from "./overview.tsx";
import { placeOf } from "./place.ts";
import { RunPane } from "./run-pane.tsx";
import { Runs } from "./runs.tsx";
import { reduce, type View } from "./state.ts";
import { useAddress } from "./use-address.ts";
import { useKeys } from "./use-keys.ts";

const PARTS: Readonly<Record<View, () => JSX.Element>> = {
  overview: Overview,
  behaviours: Behaviours,
  failures: Failures,
  runs: Runs,
  compare: Compare,
};

/** The page of a fleet. */
export function App({ fleet }: { fleet: Fleet }): JSX.Element {
  const [state, go] = useReducer(reduce, location.hash, placeOf);
  const { view, filter, sort, behaviour, table, cluster } = state;
  const listed = useMemo(
    () => listedRuns(fleet, state),
    [fleet, view, filter, sort, behaviour, table, cluster],
  );
  const reader = useMemo(() => ({ fleet, state, listed, go }), [fleet, state, listed]);
  const run = state.run_id === null ? null : fleet.run(state.run_id);
  const Part = PARTS[view];
  useAddress(reader);
  useKeys(reader);
  return (
    <ReaderContext.Provider value={reader}>
      <div class={`page${run === null ? "" : " with-run"}`}>
        <Header />
        <main class="panes">
          <div class="view" key={view} data-view={view} id="view" tabIndex={-1}>
            <Part />
          </div>
          {run !== null && <RunPane key={run.run_id} run={run} />}
        </main>
        <Help isOpen={state.isHelp} close={() => go({ isHelp: false })} />
      </div>
    </ReaderContext.Provider>
  );
}

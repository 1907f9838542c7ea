import type { JSX } from "preact";
import { useMemo, useReducer, useRef } from "preact/hooks";
import { useMedia } from "../shared/use-media.ts";
import { ReaderContext } from "./context.ts";
import type { RunFacts } from "./facts.ts";
import { matchingSteps } from "./filter.ts";
import { Header } from "./header.tsx";
import { Help } from "./help.tsx";
import { Overview } from "./overview.tsx";
import { placeOf } from "./place.ts";
import { PrintedRun } from "./printed-run.tsx";
import { FIRST_STATE, type Focus, reduce, type State } from "./state.ts";
import { StepPane } from "./step-pane.tsx";
import { StepsPane } from "./steps-pane.tsx";
import { Tabs } from "./tabs.tsx";
import { Timeline } from "./timeline.tsx";
import { useAddress } from "./use-address.ts";
import { useKeys } from "./use-keys.ts";

/** The page of one run. */
export function App({ facts }: { facts: RunFacts }): JSX.Element {
  const [state, act] = useReducer(reduce, facts, firstState);
  const shown = useShown(facts, state);
  const open = useRef((stepId: number, focus?: Focus) => {
    const stage_id = facts.stage(stepId)?.stage_id ?? null;
    act({ do: "open", step_id: stepId, stage_id, ...(focus && { focus }) });
  }).current;
  const reader = useMemo(() => ({ facts, state, shown, act, open }), [facts, state, shown, open]);
  const isPrinting = useMedia("print");
  useAddress(reader);
  useKeys(reader);
  return (
    <ReaderContext.Provider value={reader}>
      {isPrinting ? (
        <PrintedRun />
      ) : (
        <div class="page" data-pane={state.pane}>
          <Header />
          {facts.data.steps.length > 0 && <Timeline />}
          <main class="panes">
            <StepsPane />
            <Details state={state} />
          </main>
          <Tabs />
          <Help isOpen={state.isHelp} close={() => act({ do: "help", isHelp: false })} />
        </div>
      )}
    </ReaderContext.Provider>
  );
}

function Details({ state }: { state: State }): JSX.Element {
  const isStep = state.pane === "step" || (state.pane === "steps" && state.step_id !== null);
  const shownId = isStep ? state.step_id : null;
  // A key of its own gives each step a pane that starts at its top.
  return (
    <div class="details" key={shownId ?? 0} tabIndex={-1} id="details">
      {shownId === null ? <Overview /> : <StepPane stepId={shownId} />}
    </div>
  );
}

function useShown(facts: RunFacts, { filter }: State): readonly number[] {
  return useMemo(
    () =>
      matchingSteps(facts.data.steps, filter, {
        isLabelled: facts.isLabelled,
        stageOf: (id) => facts.stage(id)?.stage_id ?? null,
      }),
    [facts, filter],
  );
}

function firstState(facts: RunFacts): State {
  const place = placeOf(location.hash, facts.data.steps.length);
  if (place === null) return FIRST_STATE;
  return place.pane === "step"
    ? { ...FIRST_STATE, pane: "step", step_id: place.step_id }
    : { ...FIRST_STATE, pane: place.pane };
}

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Reader } from "./context.ts";
import { hashOf, placeOf } from "./place.ts";
import type { State } from "./state.ts";

/** Keeps the address's hash and what is looked at in step, so that a place can be linked to and the way back works. */
export function useAddress({ state, go }: Reader): void {
  const before = useRef<State | null>(null);
  const hash = hashOf(state);
  // With the document, not a moment after it: keys that follow each other fast leave an entry each.
  useLayoutEffect(() => {
    const last = before.current;
    before.current = state;
    if (location.hash === hash) return;
    // Each letter of a search is no place to go back to.
    if (last !== null && isElsewhere(last, state)) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  }, [hash]);
  useEffect(() => {
    const follow = () => go(placeOf(location.hash));
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, [go]);
}

function isElsewhere(a: State, b: State): boolean {
  return a.view !== b.view || a.run_id !== b.run_id || a.behaviour !== b.behaviour || a.cluster !== b.cluster;
}

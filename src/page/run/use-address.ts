import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Reader } from "./context.ts";
import { hashOf, placeOf } from "./place.ts";

/** Keeps the address's hash and what is looked at in step, so that a step can be linked to and the way back works. */
export function useAddress({ facts, state, act, open }: Reader): void {
  const stepCount = facts.data.steps.length;
  const isFirst = useRef(true);
  const hash = hashOf(state.pane, state.step_id);
  // With the document, not a moment after it: keys that follow each other fast leave an entry each.
  useLayoutEffect(() => {
    // The first place replaces the entry that opened the page; each other one is a place to go back to.
    if (location.hash === hash) isFirst.current = false;
    else if (isFirst.current) history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
    isFirst.current = false;
  }, [hash]);
  useEffect(() => {
    const follow = () => {
      const place = placeOf(location.hash, stepCount);
      if (place?.pane === "step") open(place.step_id);
      else if (place) act({ do: "pane", pane: place.pane });
    };
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, [stepCount, act, open]);
}

import type { Pane } from "./state.ts";

/** A place of the page that its address names. */
export type Place = { pane: "overview" | "steps" } | { pane: "step"; step_id: number };

/** The place that an address's hash names; null = none, or a step that the run does not have. */
export function placeOf(hash: string, stepCount: number): Place | null {
  if (hash === "" || hash === "#" || hash === "#overview") return { pane: "overview" };
  if (hash === "#steps") return { pane: "steps" };
  const id = Number(/^#step-(\d{1,9})$/.exec(hash)?.[1] ?? Number.NaN);
  return id >= 1 && id <= stepCount ? { pane: "step", step_id: id } : null;
}

/** The hash of a place. */
export function hashOf(pane: Pane, stepId: number | null): string {
  return pane === "step" && stepId !== null ? `#step-${stepId}` : `#${pane}`;
}

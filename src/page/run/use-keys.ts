import { useEffect, useRef } from "preact/hooks";
import type { Reader } from "./context.ts";
import { type Command, commandOf } from "./keys.ts";

/** The id of the search box. */
export const SEARCH_ID = "search";

/** Keyboard: see KEYS. */
export function useKeys(reader: Reader): void {
  // What is drawn last is what a key acts on, however fast keys come.
  const latest = useRef(reader);
  latest.current = reader;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const command = commandOf({
        key: event.key,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        altKey: event.altKey,
        isTyping: target?.matches("input, select, textarea") === true,
        ownsArrows: target?.closest("[role=tree], [role=slider]") != null,
      });
      // The help is a dialog, which closes itself.
      if (command === null || event.defaultPrevented || latest.current.state.isHelp) return;
      event.preventDefault();
      obey(command, latest.current);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function obey(command: Command, reader: Reader): void {
  const { act, facts, state, shown } = reader;
  const here = state.pane === "overview" ? null : state.step_id;
  if (command === "next-step") openIf(reader, after(shown, here));
  else if (command === "previous-step") openIf(reader, before(shown, here));
  else if (command === "next-label") openIf(reader, after(facts.labelled, here));
  else if (command === "previous-label") openIf(reader, before(facts.labelled, here));
  else if (command === "onset") openIf(reader, facts.data.diagnosis.onset_step_id);
  else if (command === "overview") act({ do: "pane", pane: "overview" });
  else if (command === "help") act({ do: "help", isHelp: true });
  else if (command === "search") search(reader);
  else leave(reader);
}

function openIf(reader: Reader, stepId: number | null): void {
  if (stepId !== null) reader.open(stepId);
}

/** The first id after this one; the first of all where none is given; null at the end. */
function after(ids: readonly number[], id: number | null): number | null {
  return ids.find((one) => one > (id ?? 0)) ?? null;
}

function before(ids: readonly number[], id: number | null): number | null {
  return id === null ? null : (ids.findLast((one) => one < id) ?? null);
}

function search({ act, state }: Reader): void {
  // Where one pane fills the page, the box is in the one with the steps.
  const box = document.getElementById(SEARCH_ID);
  if (box?.offsetParent != null) {
    box.focus();
    return;
  }
  if (state.pane !== "steps") act({ do: "pane", pane: "steps" });
  setTimeout(() => document.getElementById(SEARCH_ID)?.focus());
}

function leave({ act }: Reader): void {
  act({ do: "clear-filter" });
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

import { useLayoutEffect } from "preact/hooks";
import type { Reader } from "./context.ts";
import { NO_FILTER } from "./filter.ts";
import { type Command, commandOf } from "./keys.ts";

/** The id of the search box. */
export const SEARCH_ID = "search";

/** Keyboard: see KEYS. */
export function useKeys(reader: Reader): void {
  // With the drawing, not after it: the next stroke must find what the last one did.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const { key, ctrlKey, metaKey, altKey } = event;
      const isTyping = target?.matches("input, select, textarea") === true;
      const command = commandOf({ key, ctrlKey, metaKey, altKey, isTyping });
      // The help is a dialog, which closes itself.
      if (command === null || event.defaultPrevented || reader.state.isHelp) return;
      event.preventDefault();
      obey(command, reader);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [reader]);
}

function obey(command: Command, reader: Reader): void {
  const { go, state } = reader;
  if (command === "next") move(reader, 1);
  else if (command === "previous") move(reader, -1);
  else if (command === "help") go({ isHelp: true });
  else if (command === "search") search(reader);
  else if (command === "escape") {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    go(state.run_id === null ? { filter: NO_FILTER } : { run_id: null });
  } else go({ view: command });
}

function move({ go, state, listed }: Reader, by: 1 | -1): void {
  const at = listed.findIndex(({ run_id }) => run_id === state.run_id);
  const next = at < 0 ? listed[0] : listed[at + by];
  if (next) go({ run_id: next.run_id });
}

function search({ go, state }: Reader): void {
  if (document.getElementById(SEARCH_ID)?.offsetParent == null || state.view !== "runs")
    go({ view: "runs", run_id: null });
  setTimeout(() => document.getElementById(SEARCH_ID)?.focus());
}

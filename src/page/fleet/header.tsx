import type { JSX } from "preact";
import { countWords } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { ThemeToggle } from "../shared/theme.tsx";
import { useReader } from "./context.ts";
import { VIEWS } from "./state.ts";

/** What fleet this is, the way between its parts, and the page's own switches. */
export function Header(): JSX.Element {
  const { fleet, state, go } = useReader();
  const name = plainLine(fleet.data.name);
  return (
    <header class="top">
      <button type="button" class="skip" onClick={() => document.getElementById("view")?.focus()}>
        Skip to the content
      </button>
      <span class="brand">
        <span class="brand-mark" aria-hidden="true" />
        CodeTracer
      </span>
      <h1 class="fleet-name" title={name}>
        {name}
      </h1>
      <nav class="views" aria-label="Parts of the page">
        {VIEWS.map((view) => (
          <button
            type="button"
            key={view}
            aria-current={state.view === view ? "page" : undefined}
            onClick={() => go({ view, run_id: null })}
          >
            {view}
            {view === "runs" && <span class="count"> {countWords(fleet.data.run_count)}</span>}
          </button>
        ))}
      </nav>
      <span class="switches">
        <button type="button" class="icon" aria-label="Keys and signs" onClick={() => go({ isHelp: true })}>
          ?
        </button>
        <ThemeToggle />
      </span>
    </header>
  );
}

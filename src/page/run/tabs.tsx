import type { JSX } from "preact";
import { useReader } from "./context.ts";
import type { Pane } from "./state.ts";

/** The way between the panes where only one fits; wide pages hide it. */
export function Tabs(): JSX.Element {
  const { state, act } = useReader();
  const tabs: [Pane, string][] = [
    ["overview", "Overview"],
    ["steps", "Steps"],
    ...(state.step_id === null ? [] : ([["step", `Step ${state.step_id}`]] as [Pane, string][])),
  ];
  return (
    <nav class="tabs" aria-label="Panes">
      {tabs.map(([pane, title]) => (
        <button
          type="button"
          key={pane}
          aria-current={state.pane === pane ? "page" : undefined}
          onClick={() => act({ do: "pane", pane })}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}

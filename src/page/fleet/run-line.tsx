import type { ComponentChildren, JSX } from "preact";
import { plural } from "../shared/format.ts";
import { useReader } from "./context.ts";
import type { PageRun } from "./data.ts";
import { OutcomeChip } from "./outcome.tsx";
import { agentTitle, runTitle, shortId } from "./words.ts";

/** A run in a list: it opens beside. */
export function RunLine({ run, children }: { run: PageRun; children?: ComponentChildren }): JSX.Element {
  const { state, go } = useReader();
  const isOpen = state.run_id === run.run_id;
  return (
    <article class={isOpen ? "run-line chosen" : "run-line"}>
      <div class="run-line-head">
        <OutcomeChip outcome={run.outcome} />
        <button
          type="button"
          class="quiet name"
          aria-pressed={isOpen}
          onClick={() => go({ run_id: run.run_id })}
        >
          {runTitle(run)}
        </button>
        <span class="soft small run-line-facts">
          {`${agentTitle(run)} · ${plural(run.step_count, "step")}`}
          {run.score && ` · score ${Math.round(run.score.value)}`}
        </span>
      </div>
      {run.task !== null && <div class="soft small place">{shortId(run.run_id)}</div>}
      {children}
    </article>
  );
}

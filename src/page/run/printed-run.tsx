import type { JSX } from "preact";
import { plainLine, plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { LabelCard } from "./label-card.tsx";
import { OutcomeChip } from "./outcome-chip.tsx";
import { Overview } from "./overview.tsx";

const ACTION_CHARS = 1200;

/** The run on paper: the overview, every step in a line, and labelled ones with what they did. */
export function PrintedRun(): JSX.Element {
  const { facts } = useReader();
  const { run, steps, stages } = facts.data;
  return (
    <div class="printed">
      <h1>
        <bdi>{plainLine(run)}</bdi> <OutcomeChip />
      </h1>
      <Overview />
      {stages.map((stage) => (
        <section key={stage.stage_id}>
          <h2>{`Stage ${stage.stage_id}: ${plainLine(stage.stage)}`}</h2>
          <ol class="printed-steps">
            {steps.slice(stage.start_step_id - 1, stage.end_step_id).map((step) => (
              <li key={step.step_id}>
                {`${step.step_id} ${plainLine(step.name)} (${step.kind}${step.failed ? ", failed" : ""})`}
                {facts.isLabelled(step.step_id) && (
                  <>
                    <pre class="snippet">
                      {plainText((step.readable_action ?? step.action).slice(0, ACTION_CHARS))}
                    </pre>
                    {facts.labels(step.step_id).map((label) => (
                      <LabelCard key={`${label.label} ${label.detector}`} label={label} />
                    ))}
                  </>
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

import type { JSX } from "preact";
import { plural, stepRanges } from "../shared/format.ts";
import { plainLine, plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { PageFlag, PageLabel, PageRun } from "./data.ts";
import { Quotes } from "./quote.tsx";
import { behaviourWords } from "./words.ts";

const SURE = 0.4;

/** The steps that are to blame, each with its reason and quotes. */
export function Labels(props: { labels: readonly PageLabel[]; onset: number | null }): JSX.Element {
  const { labels, onset } = props;
  return (
    <section class="card">
      <h3>{labels.length === 0 ? "No step is labelled" : plural(labels.length, "labelled step")}</h3>
      <ul class="labels">
        {labels.map((label) => (
          <li key={`${label.step_id} ${label.label}`}>
            <div class="label-head">
              <b>{`Step ${label.step_id}`}</b>
              <span class={`tag ${label.label === "incorrect" ? "bad" : "warn"}`}>{label.label}</span>
              {label.step_id === onset && <span class="tag onset">onset</span>}
              <span class="soft small">{`${Math.round(label.confidence * 100)} % sure${label.confidence < SURE ? ": a lead to look at" : ""}`}</span>
            </div>
            <p>{plainText(label.reasoning)}</p>
            <Quotes evidence={label.evidence} />
            {label.better_alternative !== null && (
              <p>
                <b>Better:</b> {plainText(label.better_alternative)}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The score and what was taken off it. */
export function Penalties({ run }: { run: PageRun }): JSX.Element | null {
  const { score } = run;
  if (score === null) return null;
  return (
    <section class="card">
      <h3>
        Score <span class="score">{Math.round(score.value)}</span>
        <span class="soft"> of 100</span>
      </h3>
      <div class="meter" aria-hidden="true">
        <span style={{ width: `${score.value}%` }} />
      </div>
      <ul class="penalties">
        {score.penalties.map((penalty) => (
          <li key={`${penalty.name} ${penalty.step_ids.join(" ")}`}>
            <span class="points">−{Math.round(penalty.points * 10) / 10}</span>
            <span>
              <b>{behaviourWords(penalty.name)}</b> {plainText(penalty.reason)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The behaviours that a run shows, and of which nobody can say. */
export function Flags({ run }: { run: PageRun }): JSX.Element | null {
  if (run.flags.length + run.absent.length + run.unjudged.length === 0) return null;
  const list = (behaviours: readonly string[]) => behaviours.map(behaviourWords).join(", ");
  return (
    <section class="card">
      <h3>Behaviours</h3>
      {run.flags.length === 0 && <p class="soft">None is shown.</p>}
      {run.flags.map((flag) => (
        <Flag key={flag.behaviour} flag={flag} />
      ))}
      {run.absent.length > 0 && <p class="soft small">{`Not shown: ${list(run.absent)}.`}</p>}
      {run.unjudged.length > 0 && <p class="soft small">{`Cannot be told: ${list(run.unjudged)}.`}</p>}
    </section>
  );
}

function Flag({ flag }: { flag: PageFlag }): JSX.Element {
  const { state } = useReader();
  return (
    <details class="behaviour" open={state.behaviour === flag.behaviour}>
      <summary>
        <b>{behaviourWords(flag.behaviour)}</b>{" "}
        <span class="soft small">{`${Math.round(flag.confidence * 100)} % sure, by ${plainLine(flag.judged_by)}`}</span>
      </summary>
      <p>
        {plainText(flag.reason)}
        <Steps ids={flag.step_ids} />
      </p>
      <Quotes evidence={flag.evidence} />
    </details>
  );
}

function Steps({ ids }: { ids: readonly number[] }): JSX.Element | null {
  if (ids.length === 0) return null;
  return <span class="soft small">{` ${ids.length === 1 ? "step" : "steps"} ${stepRanges(ids)}`}</span>;
}

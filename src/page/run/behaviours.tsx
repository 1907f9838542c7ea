import type { JSX } from "preact";
import type { BehaviourFlag } from "../../trajectory/index.ts";
import { plural } from "../shared/format.ts";
import { plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { EvidenceLink, StepLink, StepLinks } from "./step-link.tsx";

/** The score with its penalties, each with its reason. */
export function Quality(): JSX.Element | null {
  const { score } = useReader().facts.data;
  if (score === null) return null;
  return (
    <section class="card">
      <h2>
        Score <span class="score">{Math.round(score.value)}</span>
        <span class="soft"> of 100</span>
      </h2>
      <meter min={0} max={100} low={50} high={80} optimum={100} value={score.value} aria-hidden="true" />
      {score.penalties.length === 0 && <p class="soft">No penalties.</p>}
      <ul class="penalties">
        {score.penalties.map((penalty, index) => (
          <li key={`${index} ${penalty.name}`}>
            <span class="points">−{Math.round(penalty.points * 10) / 10}</span>
            <span>
              <b>{plainText(penalty.name)}</b> {plainText(penalty.reason)}{" "}
              {penalty.step_ids[0] !== undefined && (
                <StepLink id={penalty.step_ids[0]}>{`→ step ${penalty.step_ids[0]}`}</StepLink>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which behaviours the run shows, which not, and of which nobody can say. */
export function Behaviours(): JSX.Element | null {
  const { flags } = useReader().facts.data;
  if (flags.length === 0) return null;
  const present = flags.filter((flag) => flag.present === true);
  const absent = flags.filter((flag) => flag.present === false);
  const unknown = flags.filter((flag) => flag.present === null);
  return (
    <section class="card">
      <h2>Behaviours</h2>
      {present.length === 0 && <p class="soft">None is shown.</p>}
      {present.map((flag) => (
        <Behaviour key={flag.behaviour} flag={flag} />
      ))}
      {absent.length > 0 && <p class="soft">Not shown: {absent.map(nameOf).join(", ")}.</p>}
      {unknown.length > 0 && (
        <details class="more">
          <summary>{`${plural(unknown.length, "more")} cannot be told`}</summary>
          {unknown.map((flag) => (
            <p key={flag.behaviour} class="soft">
              <b>{nameOf(flag)}</b>: {plainText(flag.reason)}
            </p>
          ))}
        </details>
      )}
    </section>
  );
}

function Behaviour({ flag }: { flag: BehaviourFlag }): JSX.Element {
  return (
    <details class="behaviour">
      <summary>
        <b>{nameOf(flag)}</b>{" "}
        <span class="soft">{`${Math.round(flag.confidence * 100)} %, ${plainText(flag.judged_by)}`}</span>
      </summary>
      <p>
        {plainText(flag.reason)} {flag.step_ids.length > 0 && <StepLinks ids={flag.step_ids} />}
      </p>
      {flag.evidence.map((evidence) => (
        <EvidenceLink key={`${evidence.step_id} ${evidence.where} ${evidence.quote}`} evidence={evidence} />
      ))}
    </details>
  );
}

function nameOf(flag: BehaviourFlag): string {
  return plainText(flag.behaviour).replaceAll("-", " ");
}

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useReader } from "./context.ts";
import type { PageAssociation } from "./data.ts";
import { type Axis, probabilityWords, ratioWords } from "./forest.ts";
import { Interval } from "./interval.tsx";
import { ShowingRuns } from "./showing-runs.tsx";
import { percent } from "./sums.ts";
import { behaviourWords } from "./words.ts";

const CLEAR = 0.05;
const COLUMNS = 5;

/** A behaviour: how often, in which runs, with what risk. */
export function BehaviourRow({ row, axis }: { row: PageAssociation; axis: Axis }): JSX.Element {
  const { fleet, state, go } = useReader();
  const { behaviour, failed, solved, risk_ratio, interval, p_corrected } = row;
  const isOpen = state.behaviour === behaviour;
  const all = state.table === 0 ? fleet.showing(behaviour).length : failed.present + solved.present;
  const top = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    // A link may lead to a row out of sight.
    const place = top.current?.getBoundingClientRect().top ?? 0;
    if (isOpen && place > innerHeight / 2) top.current?.scrollIntoView({ block: "center" });
  }, [isOpen]);
  return (
    <>
      <tr ref={top} class={isOpen ? "chosen" : ""}>
        <th scope="row">
          <button
            type="button"
            class="quiet name"
            aria-expanded={isOpen}
            onClick={() => go({ behaviour: isOpen ? null : behaviour, run_id: null })}
          >
            {behaviourWords(behaviour)}
          </button>
          {row.polarity === "good" && <span class="chip good">good habit</span>}
        </th>
        <td class="num">{all}</td>
        <td>
          <Share tone="o-failed" part={failed.present} whole={failed.judged} name="failed" />
          <Share tone="o-solved" part={solved.present} whole={solved.judged} name="solved" />
          {row.abstained > 0 && <span class="soft small">{`of ${row.abstained} it cannot be told`}</span>}
        </td>
        <td class="forest">
          {risk_ratio === null || !row.is_shown ? (
            <span class="soft small">too few runs</span>
          ) : (
            <>
              <Interval
                axis={axis}
                ratio={risk_ratio}
                interval={interval}
                isClear={p_corrected !== null && p_corrected < CLEAR}
              />
              <span class="small">
                {ratioWords(risk_ratio)}
                {row.is_corrected && "*"}
                {interval && (
                  <span class="soft">{` (${ratioWords(interval.low)}–${ratioWords(interval.high)})`}</span>
                )}
                <span class="narrow-only">
                  {` risk ratio${p_corrected === null ? "" : `, p ${probabilityWords(p_corrected)}`}`}
                </span>
              </span>
            </>
          )}
        </td>
        <td class="num">
          {p_corrected === null ? (
            <span class="soft">–</span>
          ) : (
            <b class={p_corrected < CLEAR ? "" : "faint"}>{probabilityWords(p_corrected)}</b>
          )}
        </td>
      </tr>
      {isOpen && (
        <tr class="showing">
          <td colSpan={COLUMNS}>
            <ShowingRuns behaviour={behaviour} />
          </td>
        </tr>
      )}
    </>
  );
}

function Share(props: { tone: string; part: number; whole: number; name: string }): JSX.Element {
  const { tone, part, whole, name } = props;
  return (
    <span class="share">
      <span class="share-track" aria-hidden="true">
        <span class={tone} style={{ width: whole === 0 ? "0" : `${(100 * part) / whole}%` }} />
      </span>
      <span class="share-words">
        {percent(part, whole)} <span class="soft">{`${part} of ${whole} ${name}`}</span>
      </span>
    </span>
  );
}

import type { JSX } from "preact";
import { countWords } from "../shared/format.ts";
import type { OutcomeWord } from "./data.ts";
import { OUTCOME_TITLES, OUTCOMES, percent } from "./sums.ts";

const CHIPS: Readonly<Record<OutcomeWord, string>> = {
  solved: "good",
  failed: "bad",
  unknown: "",
  harness: "warn",
};

/** How a run ended, as a chip. */
export function OutcomeChip({ outcome }: { outcome: OutcomeWord }): JSX.Element {
  return (
    <span class={`chip strong ${CHIPS[outcome]}`} title={OUTCOME_TITLES[outcome]}>
      {outcome}
    </span>
  );
}

/** How many ended how, as one bar. */
export function OutcomeBar({ outcomes }: { outcomes: Readonly<Record<OutcomeWord, number>> }): JSX.Element {
  const shown = OUTCOMES.filter((outcome) => outcomes[outcome] > 0);
  const words = shown
    .map((outcome) => `${countWords(outcomes[outcome])} ${OUTCOME_TITLES[outcome]}`)
    .join(", ");
  return (
    <div class="outcome-bar" role="img" aria-label={words} title={words}>
      {shown.map((outcome) => (
        <span key={outcome} class={`o-${outcome}`} style={{ flexGrow: outcomes[outcome] }} />
      ))}
    </div>
  );
}

/** What the colours of the bar mean, with counts; each is a way to its runs. */
export function OutcomeLegend(props: {
  outcomes: Readonly<Record<OutcomeWord, number>>;
  choose(outcome: OutcomeWord): void;
}): JSX.Element {
  const { outcomes, choose } = props;
  const all = OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
  return (
    <ul class="legend">
      {OUTCOMES.map((outcome) => (
        <li key={outcome}>
          <button
            type="button"
            class="quiet"
            disabled={outcomes[outcome] === 0}
            onClick={() => choose(outcome)}
          >
            <span class={`swatch o-${outcome}`} aria-hidden="true" />
            <b>{countWords(outcomes[outcome])}</b> {OUTCOME_TITLES[outcome]}
            <span class="soft"> {percent(outcomes[outcome], all)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

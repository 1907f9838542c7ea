import type { JSX } from "preact";

const SIGNS = [
  ["explore", "reads, searches or tests"],
  ["change", "changes state"],
  ["failed", "failed"],
  ["unuseful", "brought no new evidence"],
  ["incorrect", "wrong, given what was known then"],
  ["cascade", "follows from the onset"],
  ["onset", "the failure begins here"],
] as const;

/** What the cells of a strip mean. */
export function StripLegend(): JSX.Element {
  return (
    <ul class="strip-legend">
      {SIGNS.map(([sign, means]) => (
        <li key={sign}>
          <span class={`cell ${sign}`} aria-hidden="true" />
          {means}
        </li>
      ))}
    </ul>
  );
}

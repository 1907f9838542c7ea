import type { JSX } from "preact";
import { plural } from "../shared/format.ts";
import { plainLine, plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { groupBy } from "./group-by.ts";

/** What could not be read, what was left undone, and what the page leaves out: told, never silent. */
export function Unread(): JSX.Element | null {
  const { unreadable, unreadable_count, left_out, warnings, runs } = useReader().fleet.data;
  const unsure = runs.filter(({ fidelity_passed }) => !fidelity_passed).length;
  if (unreadable_count === 0 && left_out.length === 0 && warnings.length === 0 && unsure === 0) return null;
  return (
    <section class="card notes">
      {unreadable_count > 0 && (
        <details>
          <summary>
            <b class="warn-text">{`${plural(unreadable_count, "run")} could not be read`}</b>
            <span class="soft">{` ${codes(unreadable)}`}</span>
          </summary>
          <ul class="unread">
            {unreadable.map((one) => (
              <li key={one.run}>
                <code>{plainLine(one.run)}</code>
                <span>{plainText(one.message)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {unsure > 0 && (
        <p>{`${plural(unsure, "run")} did not pass the check that everything in the raw files was read: what is said of them may rest on part of them.`}</p>
      )}
      {left_out.length > 0 && (
        <p>{`Left out to keep this file small: ${left_out.map(plainLine).join("; ")}.`}</p>
      )}
      {warnings.map((warning) => (
        <p key={warning}>{plainText(warning)}</p>
      ))}
    </section>
  );
}

function codes(unreadable: readonly { code: string }[]): string {
  return [...groupBy(unreadable, ({ code }) => code)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([code, ones]) => `${ones.length} × ${plainLine(code).replaceAll("_", " ")}`)
    .join(", ");
}

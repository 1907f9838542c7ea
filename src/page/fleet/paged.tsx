import type { JSX } from "preact";
import { useState } from "preact/hooks";

const PAGE = 25;

/** A list of which more is shown on demand. */
export function Paged<Item>(props: {
  items: readonly Item[];
  keyOf(item: Item): string;
  children(item: Item): JSX.Element;
}): JSX.Element {
  const { items, keyOf, children } = props;
  const [shown, setShown] = useState(PAGE);
  const rest = items.length - shown;
  return (
    <>
      <ul class="run-list">
        {items.slice(0, shown).map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" onClick={() => setShown(shown + 2 * PAGE)}>
          {`Show ${Math.min(rest, 2 * PAGE)} more of ${rest}`}
        </button>
      )}
    </>
  );
}

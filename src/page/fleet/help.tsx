import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { KEYS } from "./keys.ts";
import { StripLegend } from "./strip-legend.tsx";

/** The keys and the signs of the page. */
export function Help({ isOpen, close }: { isOpen: boolean; close(): void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={close}>
      <h2 id="help-title">Keys</h2>
      <dl class="keys">
        {KEYS.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key === "Escape" ? "Esc" : key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <h2>A strip of steps</h2>
      <StripLegend />
      <button type="button" onClick={close}>
        Close
      </button>
    </dialog>
  );
}

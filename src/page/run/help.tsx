import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { KEYS } from "./keys.ts";

const SIGNS: Readonly<Record<string, string>> = { ArrowRight: "→", ArrowLeft: "←", Escape: "Esc" };

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
                <kbd key={key}>{SIGNS[key] ?? key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <h2>Signs</h2>
      <dl class="keys">
        <Sign sign={<span class="glyph change" />} means="a step that changes state" />
        <Sign sign={<span class="glyph explore" />} means="a step that reads, searches or tests" />
        <Sign sign={<span class="bad-text">✗</span>} means="the step failed" />
        <Sign sign={<span>↻</span>} means="repeats an earlier step" />
        <Sign sign={<span class="tag bad">incorrect</span>} means="wrong, given what was known then" />
        <Sign sign={<span class="tag warn">unuseful</span>} means="brought no new evidence" />
        <Sign sign={<span class="tag onset">onset</span>} means="the failure begins here" />
        <Sign sign={<span class="cascade-sign" />} means="follows from the onset" />
      </dl>
      <button type="button" onClick={close}>
        Close
      </button>
    </dialog>
  );
}

function Sign({ sign, means }: { sign: JSX.Element; means: string }): JSX.Element {
  return (
    <div>
      <dt>{sign}</dt>
      <dd>{means}</dd>
    </div>
  );
}

import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { characterWords, countWords } from "../shared/format.ts";
import { plainText } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import type { Range } from "./find-quote.ts";
import { firstShown, type Mark, merged, type Piece, pieces } from "./pieces.ts";

/** What one click shows of a text that is too long to show whole. */
const NEXT_CHARS = 100_000;
/** Up to here one click may show all that is folded. */
const ALL_CHARS = 400_000;
const DOWNLOAD_FROM_CHARS = 100_000;

/** A text of the run: text nodes and marks, long ones folded. `name` names the file that it can be saved as. */
export function LongText(props: { text: string; marks: readonly Mark[]; name: string }): JSX.Element {
  const { marks, name } = props;
  const text = props.text.trimEnd();
  const [extra, setExtra] = useState<readonly Range[]>([]);
  const all = useMemo(
    () => pieces(text, merged([...firstShown(text, marks), ...extra]), marks),
    [text, marks, extra],
  );
  const show = (range: Range) => setExtra([...extra, range]);
  if (text === "") return <p class="soft">(empty)</p>;
  return (
    <>
      <pre class="text">
        {all.map((piece) => (
          <TextPiece key={`${piece.kind} ${piece.start}`} piece={piece} show={show} />
        ))}
      </pre>
      {text.length > DOWNLOAD_FROM_CHARS && (
        <button type="button" class="quiet" onClick={() => save(text, name)}>
          {`Save all ${characterWords(text.length)} as a file`}
        </button>
      )}
    </>
  );
}

function TextPiece({ piece, show }: { piece: Piece; show(range: Range): void }): JSX.Element {
  if (piece.kind === "gap") return <Gap start={piece.start} end={piece.end} show={show} />;
  const shown = plainText(piece.text);
  return piece.mark === null ? <span>{shown}</span> : <Marked text={shown} mark={piece.mark} />;
}

function Marked({ text, mark }: { text: string; mark: Mark }): JSX.Element {
  const element = useRef<HTMLElement>(null);
  const { focus } = useReader().state;
  // Asked for again, a quote is scrolled to again.
  useEffect(() => {
    if (mark.isTarget && focus) element.current?.scrollIntoView({ block: "center" });
  }, [mark.isTarget, focus]);
  return (
    <mark ref={element} class={`on-${mark.kind}${mark.isActive ? " active" : ""}`}>
      {text}
    </mark>
  );
}

function Gap({ start, end, show }: Range & { show(range: Range): void }): JSX.Element {
  const size = end - start;
  return (
    <span class="gap">
      <span>{`… ${countWords(size)} characters folded`}</span>
      {size <= ALL_CHARS && (
        <button type="button" class="quiet" onClick={() => show({ start, end })}>
          Show all
        </button>
      )}
      {size > NEXT_CHARS && (
        <button type="button" class="quiet" onClick={() => show({ start, end: start + NEXT_CHARS })}>
          Show next 100 kB
        </button>
      )}
    </span>
  );
}

function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

import { asArray, at, elementLines, type Ref } from "../../src/extract/toolkit/index.ts";

/** A value and where it stands. */
export interface Placed {
  value: unknown;
  ref: Ref;
}

/** A JSON value of a file. */
export interface Document extends Placed {
  /** Its raw text, beginning on the ref's first line; null where it has none of its own. */
  text: string | null;
  /** Of a value that is cut off: the whole entries of its list. */
  saved?: readonly Placed[];
}

/** The elements of the list at a path of keys (`[]` for the document itself), each with its lines. */
export function entriesOf(document: Document, keys: readonly string[]): Placed[] {
  if (document.saved) return [...document.saved];
  const { ref, text } = document;
  const list = asArray(at(document.value, ...keys));
  const spans = text === null ? [] : elementLines(text, keys);
  const isPlaced = spans.length === list.length;
  return list.map((value, index) => {
    const span = isPlaced ? spans[index] : undefined;
    if (!span) return { value, ref };
    const before = ref.line_start - 1;
    return {
      value,
      ref: { path: ref.path, line_start: before + span.line_start, line_end: before + span.line_end },
    };
  });
}

import { LineCounter, type LineSpan, skipValue } from "../../src/extract/toolkit/index.ts";

interface Frame {
  start: number;
  key: string;
  id: string | null;
  isNamed: boolean;
}

interface Found {
  id: string;
  start: number;
  end: number;
}

const ID_KEYS: ReadonlySet<string> = new Set(["spanId", "span_id", "spanID", "id", "context.span_id"]);
const NAME_KEYS: ReadonlySet<string> = new Set(["name", "operationName"]);

/**
 * The lines of each span in a JSON text, by span id: the objects that hold an id and a name. JSON.parse gives no
 * positions. Links to other spans have no name and are passed over; a summary of the same span elsewhere is smaller.
 */
export function spanLines(text: string): Map<string, LineSpan> {
  const found = scan(text);
  const offsets = [...new Set(found.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const counter = new LineCounter(text);
  const lines = new Map(offsets.map((offset) => [offset, counter.lineAt(offset)]));
  const widest = new Map<string, Found>();
  for (const span of found) {
    const other = widest.get(span.id);
    if (!other || span.end - span.start >= other.end - other.start) widest.set(span.id, span);
  }
  return new Map(
    [...widest].map(([id, { start, end }]) => [
      id,
      { line_start: lines.get(start) ?? 1, line_end: lines.get(end) ?? 1 },
    ]),
  );
}

function scan(text: string): Found[] {
  const found: Found[] = [];
  const stack: Frame[] = [];
  let key = "";
  const token = /["{}]/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === "{") {
      stack.push({ start: match.index, key, id: null, isNamed: false });
      key = "";
    } else if (match[0] === "}") close(stack, match.index, found);
    else {
      const end = skipValue(text, match.index);
      token.lastIndex = end;
      const valueAt = afterColon(text, end);
      if (valueAt < 0) continue;
      key = text.slice(match.index + 1, end - 1);
      note(stack.at(-1), key, text, valueAt);
    }
  }
  return found;
}

function note(frame: Frame | undefined, key: string, text: string, valueAt: number): void {
  if (!frame) return;
  if (NAME_KEYS.has(key)) frame.isNamed = true;
  if (!ID_KEYS.has(key) || text[valueAt] !== '"') return;
  if (key === "id" && frame.id !== null) return;
  frame.id = text.slice(valueAt + 1, skipValue(text, valueAt) - 1);
}

function close(stack: Frame[], end: number, found: Found[]): void {
  const frame = stack.pop();
  if (!frame || frame.id === null) return;
  const parent = stack.at(-1);
  if (frame.key === "context" && parent) parent.id = frame.id;
  else if (frame.isNamed) found.push({ id: frame.id, start: frame.start, end });
}

/** Where the value behind a key begins; -1 where the string that ends here is no key. */
function afterColon(text: string, at: number): number {
  const colon = /\s*:\s*/y;
  colon.lastIndex = at;
  return colon.test(text) ? colon.lastIndex : -1;
}

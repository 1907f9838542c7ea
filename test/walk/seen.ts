import type { Book } from "../../src/walk/book.ts";
import type { Key } from "../../src/walk/keys.ts";
import { press } from "../../src/walk/press.ts";
import { bodySize, renderScreen } from "../../src/walk/screen.ts";
import { type Size, startState, type WalkState } from "../../src/walk/state.ts";

/** The state after keys; `text:` and letters are these letters, typed. */
export function stateAfter(book: Book, size: Size, keys: readonly Key[], from = startState(1)): WalkState {
  return keys
    .flatMap((key) => (key.startsWith("text:") ? Array.from(key.slice("text:".length)) : [key]))
    .reduce((state, key) => press(state, key, { book, body: bodySize(book, state, size) }), from);
}

/** A screen as lines of text. */
export function linesOf(book: Book, state: WalkState, size: Size): string[] {
  return renderScreen(book, state, size).rows.map((row) =>
    row
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  );
}

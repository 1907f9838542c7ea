import { displayWidth } from "../report/columns.ts";
import type { Book } from "./book.ts";
import { type Row, sides, span } from "./spans.ts";
import type { Mode, WalkState } from "./state.ts";

/** How much of a text is seen: `share` = lines above, of all lines. */
export interface Seen {
  isAtTop: boolean;
  isAtEnd: boolean;
  share: number;
}

/** The last line: what is being typed, what is to be said, or the keys that help most; and how far down one is. */
export function footer(book: Book, state: WalkState, seen: Seen, columns: number): Row {
  const { mode, message } = state;
  if (mode.name === "type")
    return [span(`${mode.prompt === "search" ? "/" : "step: "}${tail(mode.text, columns)}`, "bold")];
  const right = span(seenWords(seen), "dim");
  if (message !== null) return sides([span(message, "cyan")], [right], columns);
  const hints = fitting(hintsOf(book, mode), columns - displayWidth(right.text) - 2);
  return sides([span(hints, "dim")], [right], columns);
}

function seenWords({ isAtTop, isAtEnd, share }: Seen): string {
  if (isAtTop && isAtEnd) return "all";
  if (isAtTop) return "top ▼";
  return isAtEnd ? "end" : `${Math.floor(share * 100)}% ▼`;
}

function hintsOf(book: Book, mode: Mode): string[] {
  if (mode.name === "about") return ["any key closes", "↓ ↑ Space scroll"];
  const { onset_step_id, labels } = book.workspace.diagnosis;
  const findings = [
    ...(onset_step_id === null ? [] : ["o onset"]),
    ...(labels.length === 0 ? [] : ["l label"]),
  ];
  return mode.name === "tree"
    ? ["Enter opens", "↓ ↑ move", ...findings, "f failed", "s stage"]
    : ["? help", "q quit", "→ next", "← back", "Space on", ...findings, "/ search", "m tree"];
}

/** As many as fit, the first ones first. */
function fitting(hints: readonly string[], columns: number): string {
  let line = "";
  for (const hint of hints) {
    const longer = line === "" ? hint : `${line}  ${hint}`;
    if (displayWidth(longer) <= columns) line = longer;
  }
  return line;
}

/** The end of what is typed, which is where one types. */
function tail(text: string, columns: number): string {
  const characters = Array.from(text);
  while (characters.length > 0 && displayWidth(characters.join("")) > columns - 8) characters.shift();
  return characters.join("");
}

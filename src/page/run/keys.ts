/** What a key asks for. */
export type Command =
  | "next-step"
  | "previous-step"
  | "next-label"
  | "previous-label"
  | "search"
  | "onset"
  | "overview"
  | "help"
  | "escape";

/** Keys by what they do, as the help lists them. */
export const KEYS: readonly { keys: readonly string[]; command: Command; does: string }[] = [
  { keys: ["j", "ArrowRight"], command: "next-step", does: "next step" },
  { keys: ["k", "ArrowLeft"], command: "previous-step", does: "previous step" },
  { keys: ["n"], command: "next-label", does: "next labelled step" },
  { keys: ["p"], command: "previous-label", does: "previous labelled step" },
  { keys: ["o"], command: "onset", does: "where it went wrong" },
  { keys: ["h"], command: "overview", does: "overview" },
  { keys: ["/"], command: "search", does: "search" },
  { keys: ["?"], command: "help", does: "this help" },
  { keys: ["Escape"], command: "escape", does: "clear the search, close" },
];

/** The command of a key stroke; null where it is none, or belongs to what is being typed in. */
export function commandOf(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isTyping: boolean;
  /** The tree and the timeline make something else of arrows. */
  ownsArrows: boolean;
}): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const found = KEYS.find(({ keys }) => keys.includes(event.key))?.command ?? null;
  if (event.isTyping) return found === "escape" ? found : null;
  return event.ownsArrows && event.key.startsWith("Arrow") ? null : found;
}

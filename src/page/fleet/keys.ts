import { VIEWS, type View } from "./state.ts";

/** What a key asks for. */
export type Command = "next" | "previous" | "search" | "help" | "escape" | View;

/** Keys by what they do, as the help lists them. */
export const KEYS: readonly { keys: readonly string[]; command: Command; does: string }[] = [
  ...VIEWS.map((view, index) => ({ keys: [`${index + 1}`], command: view, does: view })),
  { keys: ["j"], command: "next", does: "next run of the list" },
  { keys: ["k"], command: "previous", does: "previous run of the list" },
  { keys: ["/"], command: "search", does: "search the runs" },
  { keys: ["?"], command: "help", does: "this help" },
  { keys: ["Escape"], command: "escape", does: "close the run, clear the filter" },
];

/** The command of a key stroke; null where it is none, or belongs to what is being typed in. */
export function commandOf(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isTyping: boolean;
}): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const found = KEYS.find(({ keys }) => keys.includes(event.key))?.command ?? null;
  return event.isTyping && found !== "escape" ? null : found;
}

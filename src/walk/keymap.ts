import { FIELDS, type Field } from "./book.ts";
import { isFolded } from "./fields.ts";
import type { Key } from "./keys.ts";
import type { View } from "./moves.ts";
import * as moves from "./moves.ts";
import { TOP } from "./scroll.ts";
import { jumped, type Mode, type WalkState } from "./state.ts";

/** What keys do while a step is read. `shown` and `help` are the line of the help page. */
export interface Command {
  keys: readonly Key[];
  shown: string;
  help: string;
  run(state: WalkState, view: View): WalkState;
}

const steps: readonly Command[] = [
  { keys: ["right", "enter"], shown: "→ Enter", help: "next step", run: (s, v) => moves.stepAway(s, v, 1) },
  { keys: ["left"], shown: "←", help: "previous step", run: (s, v) => moves.stepAway(s, v, -1) },
  {
    keys: [" "],
    shown: "Space",
    help: "screen on, then next step",
    run: (s, v) => moves.screenOn(s, v, 1),
  },
  {
    keys: ["b"],
    shown: "b",
    help: "back, then previous step",
    run: (s, v) => moves.screenOn(s, v, -1),
  },
  { keys: ["home", "g"], shown: "Home g", help: "first step", run: (s) => jumped(s, 1) },
  { keys: ["end", "G"], shown: "End G", help: "last step", run: (s, v) => jumped(s, v.book.steps.length) },
  { keys: [], shown: "12 Enter", help: "step 12", run: (s) => s },
  { keys: ["backspace", "'"], shown: "Backsp '", help: "back from a jump", run: (s) => moves.back(s) },
];

const findings: readonly Command[] = [
  { keys: ["o"], shown: "o", help: "onset: where it went wrong", run: moves.toOnset },
  ...pair("l", "label", (s, v, way) =>
    moves.toStepThat(s, v, way, "label", (id) => v.book.labels(id).length > 0),
  ),
  ...pair("e", "evidence", moves.toQuote),
  ...pair("f", "failed step", (s, v, way) =>
    moves.toStepThat(s, v, way, "failed step", (id) => v.book.step(id)?.failed === true),
  ),
  ...pair("s", "stage", moves.toStage),
];

const texts: readonly Command[] = [
  { keys: ["down", "j"], shown: "↓ j", help: "a line down", run: (s, v) => moves.scroll(s, v, 1) },
  { keys: ["up", "k"], shown: "↑ k", help: "a line up", run: (s, v) => moves.scroll(s, v, -1) },
  {
    keys: ["pagedown", "d"],
    shown: "PgDn d",
    help: "half a screen down",
    run: (s, v) => moves.scroll(s, v, half(v)),
  },
  {
    keys: ["pageup", "u"],
    shown: "PgUp u",
    help: "half a screen up",
    run: (s, v) => moves.scroll(s, v, -half(v)),
  },
  { keys: ["<"], shown: "<", help: "top of the step", run: (s) => ({ ...s, top: TOP }) },
  { keys: [">"], shown: ">", help: "end of the step", run: moves.toEnd },
  { keys: ["t"], shown: "t", help: "fold or unfold thinking", run: (s, v) => fold(s, v, ["thinking"]) },
  { keys: ["a"], shown: "a", help: "fold or unfold actions", run: (s, v) => fold(s, v, ["action"]) },
  {
    keys: ["v"],
    shown: "v",
    help: "fold or unfold observations",
    run: (s, v) => fold(s, v, ["observation"]),
  },
  { keys: ["z"], shown: "z", help: "fold or unfold all", run: (s, v) => fold(s, v, FIELDS) },
];

const searching: readonly Command[] = [
  {
    keys: ["/"],
    shown: "/",
    help: "search in all texts",
    run: (s) => ({ ...s, mode: { name: "type", prompt: "search", text: "", before: s.mode } }),
  },
  { keys: ["n"], shown: "n", help: "next place", run: (s, v) => moves.searchOn(s, v, 1) },
  { keys: ["N"], shown: "N", help: "previous place", run: (s, v) => moves.searchOn(s, v, -1) },
  {
    keys: ["escape"],
    shown: "Esc",
    help: "close; forget the search",
    run: (s) => ({ ...s, search: null }),
  },
];

const views: readonly Command[] = [
  {
    keys: ["m", "tab"],
    shown: "m Tab",
    help: "trace tree and back",
    run: (s) => ({ ...s, mode: { name: "tree" } }),
  },
  {
    keys: ["i"],
    shown: "i",
    help: "task, outcome, diagnosis",
    run: (s) => ({ ...s, mode: about("run") }),
  },
  { keys: ["?", "h"], shown: "? h", help: "these keys", run: (s) => ({ ...s, mode: about("keys") }) },
  { keys: [], shown: "Ctrl-Z", help: "to the shell; fg comes back", run: (s) => s },
  { keys: ["q"], shown: "q Ctrl-C", help: "quit", run: (s) => ({ ...s, ended: "done" }) },
];

/** All commands under the headings of the help page. */
export const COMMANDS: Readonly<Record<string, readonly Command[]>> = {
  Steps: steps,
  Findings: findings,
  Search: searching,
  "Text of a step": texts,
  Views: views,
};

const byKey = new Map(
  Object.values(COMMANDS).flatMap((list) =>
    list.flatMap((one) => one.keys.map((key) => [key, one] as const)),
  ),
);

/** The command of a key, undefined where it has none. */
export function commandOf(key: Key): Command | undefined {
  return byKey.get(key);
}

function pair(
  key: string,
  noun: string,
  run: (state: WalkState, view: View, way: 1 | -1) => WalkState,
): Command[] {
  const upper = key.toUpperCase();
  return [
    { keys: [key], shown: `${key} ${upper}`, help: `next, previous ${noun}`, run: (s, v) => run(s, v, 1) },
    { keys: [upper], shown: "", help: "", run: (s, v) => run(s, v, -1) },
  ];
}

function half({ body }: View): number {
  return Math.max(Math.floor(body.rows / 2), 1);
}

function about(subject: "keys" | "run"): Mode {
  return { name: "about", subject, top: TOP };
}

/** Unfolds where one of the texts is folded, else folds them: here and in every other step. */
function fold(state: WalkState, { book, body }: View, fields: readonly Field[]): WalkState {
  const isOpen = fields.every((field) => !isFolded(book, state, field, body.columns));
  const set = Object.fromEntries(fields.map((field) => [field, isOpen]));
  const texts = fields.length === 1 ? fields.join("") : "all texts";
  return {
    ...state,
    folded: { ...state.folded, ...set },
    here: { ...state.here, ...set },
    message: `${texts} ${isOpen ? "folded" : "unfolded"}, here and in the other steps`,
  };
}

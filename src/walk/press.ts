import { aboutSheet } from "./about.ts";
import { commandOf } from "./keymap.ts";
import type { Key } from "./keys.ts";
import { startSearch, toStep, type View } from "./moves.ts";
import { heldTop, moved } from "./scroll.ts";
import { atStep, type Mode, type WalkState } from "./state.ts";
import { stepLinesAway, treeLines } from "./tree-lines.ts";

/** The state after a key. A key without a meaning changes nothing. Pure. */
export function press(state: WalkState, key: Key, view: View): WalkState {
  const quiet = { ...state, message: null };
  if (key === "ctrl-c") return { ...quiet, ended: "interrupted" };
  const { mode } = state;
  if (mode.name === "type") return typed(quiet, mode, key, view);
  if (mode.name === "about") return inAbout(quiet, mode, key, view);
  if (/^\d$/.test(key)) return { ...quiet, mode: { name: "type", prompt: "step", text: key, before: mode } };
  if (mode.name === "tree") return inTree(quiet, key, view);
  return commandOf(key)?.run(quiet, view) ?? quiet;
}

function typed(state: WalkState, mode: Extract<Mode, { name: "type" }>, key: Key, view: View): WalkState {
  const { before, prompt, text } = mode;
  const closed = { ...state, mode: before };
  const writing = (changed: string): WalkState => ({ ...state, mode: { ...mode, text: changed } });
  if (key === "escape" || (key === "backspace" && text === "")) return closed;
  if (key === "backspace") return writing(Array.from(text).slice(0, -1).join(""));
  if (key === "ctrl-u") return writing("");
  if (prompt === "step") {
    if (key === "enter" || key === "g") return toStep(closed, view, Number(text));
    return /^\d$/.test(key) && text.length < 9 ? writing(text + key) : state;
  }
  const reading: WalkState = { ...state, mode: { name: "read" } };
  if (key === "enter") return text === "" ? closed : startSearch(reading, view, text);
  return Array.from(key).length === 1 ? writing(text + key) : state;
}

function inAbout(state: WalkState, mode: Extract<Mode, { name: "about" }>, key: Key, view: View): WalkState {
  const { body } = view;
  const rows = scrolls(key, body.rows);
  if (rows !== null) {
    const sheet = aboutSheet(view.book, mode.subject, body.columns);
    return { ...state, mode: { ...mode, top: heldTop(sheet, moved(sheet, mode.top, rows), body.rows) } };
  }
  return { ...state, mode: { name: "read" } };
}

/** The tree shows the same step as the pages do: moving in it moves there. */
function inTree(state: WalkState, key: Key, view: View): WalkState {
  if (["enter", "escape", "m", "tab", "q"].includes(key)) return { ...state, mode: { name: "read" } };
  const lines = scrolls(key, view.body.rows);
  if (lines !== null)
    return atStep(state, stepLinesAway(treeLines(view.book.workspace), state.step_id, lines));
  return commandOf(key)?.run(state, view) ?? state;
}

function scrolls(key: Key, height: number): number | null {
  const screen = Math.max(height - 1, 1);
  const far: Readonly<Record<string, number>> = {
    down: 1,
    j: 1,
    up: -1,
    k: -1,
    pagedown: screen,
    " ": screen,
    d: screen,
    pageup: -screen,
    b: -screen,
    u: -screen,
  };
  return far[key] ?? null;
}

/** A run step by step in a terminal: a pure state and screen, and a thin driver. */
export { Book } from "./book.ts";
export { plainWalk } from "./plain.ts";
export { runWalk } from "./run-walk.ts";
export type { KeyInput, Terminal } from "./terminal.ts";

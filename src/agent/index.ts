/** One loop around a chat model and a sandboxed shell, and the record of what they did. */
export { openJournal } from "./journal.ts";
export type { SessionHeader } from "./journal-events.ts";
export { runLoop } from "./loop.ts";
export type { CommandResult, LoopEnd, LoopLimits, LoopPorts } from "./loop-types.ts";
export { answered, type QuerySettings, queryPorts, type SharedBudget } from "./query-ports.ts";
export { DEFAULT_SHELL_LIMITS, type ShellChoice } from "./shell.ts";

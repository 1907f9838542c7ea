/** What to tell the next attempt at the same task. */
export { gatherHint } from "./gather.ts";
export type { HintOptions } from "./material.ts";
export { renderHintText } from "./render-text.ts";
export { writeHint } from "./write-hint.ts";

/** What to tell the next attempt at the same task. */
export { gatherHint } from "./gather.ts";
export type { HintMaterial, HintOptions, HintParts } from "./material.ts";
export { type RenderedHint, renderHintText } from "./render-text.ts";
export { writeHint } from "./write-hint.ts";

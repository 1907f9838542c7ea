/** Two runs of one task side by side: where they part, what each knew then, how they end. */
export { compareRuns } from "./compare.ts";
export { comparisonMarkdown } from "./markdown.ts";
export { renderComparison } from "./render.ts";
export type { Comparison } from "./types.ts";

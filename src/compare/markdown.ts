import { markdownCode, markdownText } from "../report/markdown-text.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import { type Block, blocksOf } from "./blocks.ts";
import type { Comparison } from "./types.ts";

/** The comparison as a Markdown document. Nothing of a run can become markup. */
export function comparisonMarkdown(
  comparison: Comparison,
  [a, b]: readonly [TracedWorkspace, TracedWorkspace],
  isFull: boolean,
): string {
  const blocks = blocksOf(comparison, a, b, isFull);
  const text = blocks.filter((block) => block.kind !== "row").map(blockText);
  const rows = blocks.flatMap((block) =>
    block.kind === "row" ? [`| ${[block.mark, block.a, block.b].map(markdownText).join(" | ")} |`] : [],
  );
  const table = rows.length > 0 ? ["|  | A | B |", "|---|---|---|", ...rows] : ["Neither run has a step."];
  return `# Two runs compared\n${text.join("")}\n${table.join("\n")}\n`;
}

function blockText(block: Exclude<Block, { kind: "row" }>): string {
  if (block.kind === "heading") return `\n## ${markdownText(block.text)}\n\n`;
  if (block.kind === "quote") return `  - ${markdownText(block.place)}: ${markdownCode(block.text)}\n`;
  const text = markdownText(block.text);
  return block.name === "" ? `  - ${text}\n` : `- **${markdownText(block.name)}**: ${text}\n`;
}

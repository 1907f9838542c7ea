import { markdownCode, markdownText } from "../../report/markdown-text.ts";
import { type Block, blocksOf } from "./blocks.ts";
import type { FleetComparison } from "./types.ts";

/** The comparison as Markdown, for a pull request. Nothing of a run can become markup. */
export function fleetComparisonMarkdown(comparison: FleetComparison): string {
  return `# Two fleets compared\n\n${blocksOf(comparison).map(blockText).join("").trim()}\n`;
}

function blockText(block: Block): string {
  if (block.kind === "heading") return `\n## ${markdownText(block.text)}\n\n`;
  if (block.kind === "paragraph") return `\n${markdownText(block.text)}\n`;
  if (block.kind === "table") return tableText(block.head, block.rows);
  if (block.kind === "field") {
    const text = markdownText(block.text);
    return block.name === "" ? `  - ${text}\n` : `- **${block.name}**: ${text}\n`;
  }
  const runs = block.runs.map(
    ({ mark, run_id, text }) => `  - ${mark}: ${markdownCode(run_id)}: ${markdownText(text)}\n`,
  );
  return `- ${markdownText(block.text)}\n${runs.join("")}`;
}

function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(" | ")} |\n`;
  const rule = `|${head.map((_, column) => (column === 0 ? "---|" : "---:|")).join("")}\n`;
  return `${line(head)}${rule}${rows.map(line).join("")}`;
}

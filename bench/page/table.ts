import type { PageFigures, Ratio } from "./measure.ts";

/** The figures as a table, one page a line. */
export function pageTable(rows: readonly PageFigures[]): string {
  const cells = [
    ["page", "steps", "size", "plain", "ratio", "to use", "plain", "ratio", "next step", "plain", "ratio"],
    ...rows.map(({ name, steps, size, time, key }) => [
      name,
      `${steps}`,
      ...triple(size, (bytes) => `${(bytes / 1000).toFixed(0)} kB`),
      ...triple(time, milliseconds),
      ...triple(key, milliseconds),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => (row[at] ?? "").length)));
  return cells
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

function triple({ page, plain, ratio }: Ratio, words: (value: number) => string): string[] {
  return [words(page), words(plain), ratio.toFixed(2)];
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}

import { decodeStrip, type StripStep } from "./strip-codes.ts";

/** Where the cells of a strip lie: pixels, row after row. */
export interface StripLayout {
  cell: number;
  columns: number;
  width: number;
  height: number;
}

const SIZES = [16, 13, 10, 8, 6];
/** A strip of no more rows is read at a glance. */
const MOST_ROWS = 8;
const GAP = 1;

/** The largest cells with which a strip of so many steps is not too high for a width. */
export function layoutOf(steps: number, width: number): StripLayout {
  const fits = (cell: number) => Math.ceil(steps / Math.max(1, Math.floor(width / cell))) <= MOST_ROWS;
  const cell = SIZES.find(fits) ?? SIZES[SIZES.length - 1] ?? 6;
  const columns = Math.max(1, Math.min(steps, Math.floor(width / cell)));
  return { cell, columns, width: columns * cell, height: Math.ceil(steps / columns) * cell };
}

/** The drawing of a strip, a path for each kind of mark: a handful, however many steps. */
export type StripPaths = Readonly<
  Record<"explore" | "change" | "unuseful" | "incorrect" | "failed" | "cascade", string>
>;

/** Draws a strip. */
export function stripPaths(strip: string, layout: StripLayout): StripPaths {
  const paths = { explore: "", change: "", unuseful: "", incorrect: "", failed: "", cascade: "" };
  const size = layout.cell - GAP;
  const inset = Math.max(1, Math.round(size / 3));
  for (const [index, step] of decodeStrip(strip).entries()) {
    const [x, y] = cellAt(index, layout);
    paths[fillOf(step)] += square(x, y, size);
    if (step.isCascade) paths.cascade += `M${x} ${y + size - 1}h${size}v1h${-size}z`;
    if (step.isFailed) paths.failed += square(x + inset, y + inset, size - 2 * inset);
  }
  return paths;
}

/** The upper left corner of a step's cell. `index` is from 0. */
export function cellAt(index: number, { cell, columns }: StripLayout): [number, number] {
  return [(index % columns) * cell, Math.floor(index / columns) * cell];
}

/** The step at a point, from 0; null where there is none. */
export function stepAt(x: number, y: number, { cell, columns }: StripLayout, steps: number): number | null {
  const column = Math.floor(x / cell);
  if (column < 0 || column >= columns || y < 0) return null;
  const index = Math.floor(y / cell) * columns + column;
  return index < steps ? index : null;
}

function fillOf(step: StripStep): "explore" | "change" | "unuseful" | "incorrect" {
  if (step.isIncorrect) return "incorrect";
  if (step.isUnuseful) return "unuseful";
  return step.isChange ? "change" : "explore";
}

function square(x: number, y: number, size: number): string {
  return `M${x} ${y}h${size}v${size}h${-size}z`;
}

/** Pixels from the top of the timeline's lanes. */
export const STAGE_HEIGHT = 16;
export const BARS_BOTTOM = 66;
export const LABELS_TOP = 76;
export const HEIGHT = 86;

const BARS_TOP = STAGE_HEIGHT + 5;
const LEAST_PX = 2;

/** The path of one step's bar. `step` = pixels a step is wide; a value that is not recorded is a stub. */
export function bar(stepId: number, step: number, value: number | null, most: number): string {
  const share = value === null || most === 0 ? 0 : Math.sqrt(value / most);
  const height = Math.max(LEAST_PX, share * (BARS_BOTTOM - BARS_TOP));
  return rect(stepId, step, BARS_BOTTOM - height, height);
}

/** The path of a mark below the bars. */
export function tick(stepId: number, step: number, top: number, height: number): string {
  return rect(stepId, step, top, height);
}

function rect(stepId: number, step: number, top: number, height: number): string {
  const gap = step > 4 ? 1 : step > 2 ? 0.5 : 0;
  const width = Math.max(1, Math.min(step - gap, 32));
  const x = (stepId - 1) * step + (step - width) / 2;
  return `M${round(x)} ${round(top)}h${round(width)}v${round(height)}h${-round(width)}z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Ascending ids as ranges, both ends included. */
export function idRanges(ids: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const id of ids) {
    const last = ranges.at(-1);
    if (last?.[1] === id - 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges;
}

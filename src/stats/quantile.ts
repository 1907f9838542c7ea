/**
 * A quantile, linear between neighbours (type 7, the default of R and numpy); null = no numbers. Reorders `values`, which must not
 * hold NaN. Selects instead of sorting: a report has thousands of intervals of ten thousand values each.
 */
export function quantile(values: Float64Array, share: number): number | null {
  if (values.length === 0) return null;
  const place = share * (values.length - 1);
  const below = select(values, Math.floor(place));
  const above = select(values, Math.ceil(place));
  return below + (above - below) * (place - Math.floor(place));
}

/** Hoare's selection: the value that would stand at `rank` in ascending order. */
function select(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const [left, right] = partition(values, low, high);
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank] ?? 0;
}

/** Smaller values to the left, greater ones to the right: where the right part begins and the left one ends. */
function partition(values: Float64Array, low: number, high: number): readonly [number, number] {
  const pivot = values[(low + high) >> 1] ?? 0;
  let [left, right] = [low, high];
  while (left <= right) {
    while ((values[left] ?? pivot) < pivot) left++;
    while ((values[right] ?? pivot) > pivot) right--;
    if (left > right) break;
    const moved = values[left] ?? pivot;
    values[left++] = values[right] ?? pivot;
    values[right--] = moved;
  }
  return [left, right];
}

/** Vectors of unit length, one an item; all zeros where an item says nothing. */
export interface Vectors {
  /** What they come from: tf-idf, or the embedding model. */
  source: string;
  dimensions: number;
  rows: readonly Float64Array[];
}

/** A copy of unit length; zeros stay zeros. */
export function unit(values: ArrayLike<number>): Float64Array {
  const row = Float64Array.from(values);
  const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? row : row.map((value) => value / length);
}

/** The dot product; of unit vectors their cosine. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** 1 − cosine, 0 to 2. An item that says nothing is at 1 from all others. */
export function cosineDistances(rows: readonly Float64Array[]): Float64Array[] {
  const matrix = rows.map(() => new Float64Array(rows.length));
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j < i; j++) {
      const other = rows[j];
      const distance = other === undefined ? 1 : Math.max(0, 1 - dot(row, other));
      const [mine, theirs] = [matrix[i], matrix[j]];
      if (mine !== undefined) mine[j] = distance;
      if (theirs !== undefined) theirs[i] = distance;
    }
  }
  return matrix;
}

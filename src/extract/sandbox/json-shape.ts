/** How much a JSON text holds, known before it is parsed. */
export interface JsonShape {
  /** At least the number of its values. */
  values: number;
  /** How deep arrays and objects stand in each other. */
  depth: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},]/gs;

/** Measures a valid JSON text in constant memory: a few characters of it can become hundreds of bytes. */
export function jsonShape(json: string): JsonShape {
  let [values, depth, open] = [1, 0, 0];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(json); match; match = TOKEN.exec(json)) {
    const first = match[0][0];
    if (first === ",") values++;
    else if (first === "[" || first === "{") {
      values++;
      open++;
      if (open > depth) depth = open;
    } else if (first === "]" || first === "}") open--;
  }
  return { values, depth };
}

import { printableLines } from "../../../src/report/printable.ts";
import type { TreeLine } from "./page-data.ts";

/** The step or steps of a line stand in brackets right behind the branches, so that a name cannot pass for them. */
const STEPS = /^[│├└─\s]*\[(\d+)(?:[-–](\d+))?\]/;

/** A trace tree as lines, each with the steps that it shows. */
export function treeLines(tree: string): TreeLine[] {
  const text = printableLines(tree).trimEnd();
  if (text === "") return [];
  return text.split("\n").map((line) => {
    const match = STEPS.exec(line);
    if (!match) return { text: line, first_step: null, last_step: null };
    const first = Number(match[1]);
    return { text: line, first_step: first, last_step: Number(match[2] ?? first) };
  });
}

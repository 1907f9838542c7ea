import type { Verdict } from "./judge.ts";
import { MUTATIONS } from "./mutations.ts";

/** How many mutants were made and how many of them a report failed. */
export interface Caught {
  made: number;
  caught: number;
}

/** The share of all mutants that were caught; 1 where there were none. */
export function shareCaught(verdicts: readonly Verdict[]): number {
  const { made, caught } = countOf(verdicts);
  return made === 0 ? 1 : caught / made;
}

/** Mutation × format: caught of made, and the share over all formats with the checks that caught most. */
export function mutantTable(verdicts: readonly Verdict[]): string {
  const formats = [...new Set(verdicts.map((verdict) => verdict.format))].sort();
  const rows = MUTATIONS.map(({ name }) => {
    const mutants = verdicts.filter((verdict) => verdict.mutation === name);
    const cells = formats.map((format) => cell(mutants.filter((verdict) => verdict.format === format)));
    return [name, ...cells, cell(mutants), percent(mutants), catchersOf(mutants)];
  });
  const mutants = verdicts.filter((verdict) => verdict.mutation !== null);
  const cells = formats.map((format) => cell(mutants.filter((verdict) => verdict.format === format)));
  const all = ["all mutants", ...cells, cell(mutants), percent(mutants), ""];
  const originals = [
    "originals passed",
    ...[...formats, null].map((format) => passedOf(verdicts, format)),
    "",
    "",
  ];
  return aligned([["mutation", ...formats, "all", "caught", "caught by"], ...rows, all, originals]);
}

/** The originals that failed, with the checks that failed them. */
export function failedOriginals(verdicts: readonly Verdict[]): string[] {
  return verdicts
    .filter((verdict) => verdict.mutation === null && !verdict.passed)
    .map((verdict) => `${verdict.run} (${verdict.format}): ${verdict.failed.join(", ")}`);
}

function countOf(verdicts: readonly Verdict[]): Caught {
  const mutants = verdicts.filter((verdict) => verdict.mutation !== null);
  return { made: mutants.length, caught: mutants.filter((verdict) => !verdict.passed).length };
}

function cell(mutants: readonly Verdict[]): string {
  const { made, caught } = countOf(mutants);
  return made === 0 ? "-" : `${caught}/${made}`;
}

function percent(mutants: readonly Verdict[]): string {
  return mutants.length === 0 ? "-" : `${(shareCaught(mutants) * 100).toFixed(1)} %`;
}

function passedOf(verdicts: readonly Verdict[], format: string | null): string {
  const originals = verdicts.filter(
    (verdict) => verdict.mutation === null && (format === null || verdict.format === format),
  );
  return `${originals.filter((verdict) => verdict.passed).length}/${originals.length}`;
}

/** The checks that failed mutants, most frequent first. */
function catchersOf(mutants: readonly Verdict[]): string {
  const counts = new Map<string, number>();
  for (const { failed } of mutants) for (const name of failed) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const last = widths.length - 1;
  const pad = (text: string, column: number): string => {
    if (column === 0) return text.padEnd(widths[0] ?? 0);
    return column === last ? text : text.padStart(widths[column] ?? 0);
  };
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}

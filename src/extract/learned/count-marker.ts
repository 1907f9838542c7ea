import type { RunFiles } from "../../run/run-files.ts";
import type { Marker } from "./definition.ts";

/** How often a marker stands in the raw lines of a run. null = there is none, so that nothing can be counted. */
export function countMarker(run: RunFiles, marker: Marker | null): number | null {
  if (marker === null) return null;
  const names = run.focus === null ? run.list(marker.files) : [run.focus];
  let count = 0;
  for (const name of names) for (const { text } of run.lines(name)) count += occurrences(text, marker.text);
  return count;
}

function occurrences(line: string, text: string): number {
  let count = 0;
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + text.length)) count++;
  return count;
}

import { CodeTracerError, type Workspace } from "../../src/index.ts";
import { readManifest } from "./data/manifest.ts";
import { type RowFilters, selectRows } from "./data/select.ts";
import { type DataOptions, type DataSource, openData } from "./data/source.ts";
import { readRow } from "./run/aligned-run.ts";
import type { Refusal, Row } from "./types.ts";

/** CodeTraceBench: rows and their runs in, predictions of methods out, scores of those. */
export { writeCalibration } from "../calibrate/calibration-file.ts";
export { calibrateBench } from "./calibrated.ts";
export { parseFilters } from "./data/select.ts";
export { renderHtml, renderJson, renderMarkdown, renderTerminal } from "./report/index.ts";
export { estimateBench } from "./run/estimate.ts";
export { asksModel, methodsNamed } from "./run/methods.ts";
export { runBench } from "./run/run-bench.ts";
export { rowDetails, scoreBench } from "./scored.ts";

/** Which rows of which data. */
export interface LoadOptions extends DataOptions {
  filters: RowFilters;
  /** The most rows; null = all. */
  limit: number | null;
  /** Orders the rows that `limit` picks from; null = the manifest's order. */
  seed: number | null;
}

/** Rows with the place that their runs come from. */
export interface LoadedRows {
  source: DataSource;
  rows: Row[];
  /** Records of the manifest that are no row. */
  refusals: Refusal[];
}

/** The data set to take where none is named. */
export const DEFAULT_DATA = "hf://NJU-LINK/CodeTraceBench";

/**
 * Opens a data folder, a manifest or `hf://OWNER/NAME[@revision]` and picks rows. Artifacts are not fetched yet. Throws
 * CodeTracerError.
 */
export async function loadRows(data: string, options: LoadOptions): Promise<LoadedRows> {
  const source = await openData(data, options);
  const { rows, refusals } = await readManifest(source.manifest);
  return { source, rows: selectRows(rows, options), refusals };
}

/** The unredacted workspace of an aligned row. Throws CodeTracerError `unreadable` for a row that would be refused. */
export async function workspaceOf(row: Row, source: DataSource): Promise<Workspace> {
  const read = await readRow(row, source);
  if (!("reason" in read)) return read.workspace;
  throw new CodeTracerError("unreadable", `${read.traj_id}: ${read.reason}: ${read.detail}`);
}

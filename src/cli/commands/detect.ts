import { placeOf } from "../../extract/discover.ts";
import { readersWith } from "../../extract/learned/readers.ts";
import { requireRuns } from "../../extract/no-extractor.ts";
import { printable } from "../../report/printable.ts";
import { openRun } from "../../run/open.ts";
import type { ExitCode, Io } from "../io.ts";
import { learnedStore } from "../learned-store.ts";

/** `codetracer detect`: which runs lie there, who reads them, and why. */
export async function detect(target: string, flags: { json?: boolean }, io: Io): Promise<ExitCode> {
  const opened = await openRun(target);
  try {
    const { extractors } = readersWith(learnedStore(io));
    const discovery = requireRuns(opened.files, extractors);
    const rows = discovery.runs.map((run) => ({
      run: placeOf(run),
      candidates: run.candidates.map(({ extractor, detection }) => ({
        extractor: extractor.id,
        ...detection,
      })),
    }));
    if (flags.json)
      io.stdout.write(`${JSON.stringify({ runs: rows, refused: discovery.refused }, null, 2)}\n`);
    else for (const row of rows) io.stdout.write(`${describe(row)}\n`);
    return 0;
  } finally {
    opened.dispose();
  }
}

function describe(row: {
  run: string;
  candidates: { extractor: string; confidence: number; reason: string }[];
}): string {
  const [best, ...others] = row.candidates.map(
    ({ extractor, confidence, reason }) => `${extractor} (${confidence.toFixed(2)}: ${reason})`,
  );
  return printable(`${row.run || "."}  ${best}${others.length > 0 ? `; also ${others.join("; ")}` : ""}`);
}

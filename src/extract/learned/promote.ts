import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";
import { discoverRuns } from "../discover.ts";
import { extractRun } from "../extract.ts";
import type { Escapes, Marker } from "./definition.ts";
import { learnedExtractor } from "./learned-extractor.ts";
import { STORE_FILES, type StoredExtractor } from "./read-store.ts";
import { openSample } from "./samples.ts";

/**
 * Writes the current version of a learned extractor as a folder for `extractors/`: code, note, and a fixture of each kept sample. Returns the folder. Throws
 * CodeTracerError `bad_argument` where it is there already or cannot be written, or where there is no sample to make a fixture of.
 */
export function promoteExtractor(stored: StoredExtractor, out: string): string {
  const { id, current } = stored;
  const target = path.join(out, id);
  if (fs.existsSync(target))
    throw new CodeTracerError("bad_argument", `${target} is there already; remove it or give another --out`);
  if (current.record.samples.length === 0)
    throw new CodeTracerError(
      "bad_argument",
      `${id} has no kept sample to make a fixture of: its runs are too large, or not readable once secrets are taken out; write extractors/${id} by hand, see docs/extractors.md`,
    );
  const partial = path.join(out, `.${id}.${randomBytes(6).toString("hex")}.partial`);
  try {
    writeFolder(stored, partial);
    fs.renameSync(partial, target);
  } catch (cause) {
    if (cause instanceof CodeTracerError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown error";
    throw new CodeTracerError(
      "bad_argument",
      `${target}: cannot be written (${code}); give a folder that can be written with --out`,
      { path: target, cause },
    );
  } finally {
    if (fs.existsSync(partial)) fs.rmSync(partial, { recursive: true, force: true });
  }
  return target;
}

function writeFolder(stored: StoredExtractor, partial: string): void {
  const { current, folder } = stored;
  fs.mkdirSync(partial, { recursive: true });
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(partial, name), text);
  write("index.ts", indexFile(stored));
  write("read.ts", `${UNTYPED}${current.source.trimEnd()}\n`);
  write("README.md", readme(stored));
  current.record.samples.forEach((sample, index) => {
    const fixture = path.join(partial, "fixtures", `sample-${index + 1}`);
    fs.cpSync(path.join(folder, STORE_FILES.samples, sample.digest), path.join(fixture, "raw"), {
      recursive: true,
    });
    const files = openSample(path.join(folder, STORE_FILES.samples), sample);
    fs.writeFileSync(path.join(fixture, "expected.json"), expectedOf(stored, files));
  });
}

const UNTYPED =
  "// @ts-nocheck: written by a model. Type it, split it, and take what the toolkit has before it is merged.\n";

function expectedOf({ id, current }: StoredExtractor, files: ReturnType<typeof openSample>): string {
  const { format, version } = current.record;
  const found = discoverRuns(files, [learnedExtractor({ format, version, source: current.source })]).runs[0];
  if (found === undefined)
    throw new CodeTracerError(
      "bad_extractor",
      `${id} does not recognise its own sample any more; learn it again`,
    );
  return `${JSON.stringify(extractRun(found).trajectory, null, 2)}\n`;
}

function indexFile({ current }: StoredExtractor): string {
  const { id, title, directories, files, contents, escapes, marker } = current.record.format;
  const fingerprint = JSON.stringify({ directories, files, contents }, null, 2).replace(/\n/g, "\n  ");
  const toolkit = "../../src/extract/toolkit/index.ts";
  const unescaping =
    escapes === "json"
      ? ""
      : `  // The raw files are escaped as ${escapes}.\n  unescape: ${UNESCAPES[escapes]},\n`;
  return `import type { Extractor${marker === null ? "" : ", RunFiles"} } from "${toolkit}";
import { detect, extract } from "./read.ts";

/** ${title}: learned from real runs by ${JSON.stringify(current.record.made.model).replaceAll("*/", "* /")}, to be reviewed. */
export const extractor: Extractor = {
  id: ${JSON.stringify(id)},
  title: ${JSON.stringify(title)},
  version: 1,
  fingerprint: ${fingerprint},
  detect,
  extract,
${unescaping}${marker === null ? "" : "  countActions,\n"}};
${marker === null ? "" : countFunction(marker)}`;
}

/** The host's count of a learned format, as code. */
function countFunction({ text, files }: Marker): string {
  const names = `run.focus === null ? run.list(${files === undefined ? "" : JSON.stringify(files)}) : [run.focus]`;
  return `
/** How often the text that marks an action stands in the raw lines. */
function countActions(run: RunFiles): number {
  const names = ${names};
  let count = 0;
  for (const name of names)
    for (const { text } of run.lines(name)) count += text.split(${JSON.stringify(text)}).length - 1;
  return count;
}
`;
}

const UNESCAPES: Readonly<Record<Exclude<Escapes, "json">, string>> = {
  none: "(lines) => lines",
  csv: `(lines) => lines.replaceAll('""', '"')`,
  xml: `(lines) =>
    lines
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&apos;", "'")
      .replaceAll("&amp;", "&")`,
};

function readme({ current }: StoredExtractor): string {
  const { record, note } = current;
  const { format, made, accepted_at, samples } = record;
  return `${note.trimEnd()}

## How it came about

Learned as \`${format.id}\` version ${record.version} with ${made.model} (${made.usage.calls} calls, ${made.checks} checks), accepted ${accepted_at.slice(0, 10)} on ${record.evidence.length} ${record.evidence.length === 1 ? "run" : "runs"}.
${record.instead_of === null ? "" : `It stands in for the built-in extractor \`${record.instead_of}\` where that one fails its checks: mend that one with what is learned here rather than adding a second one.\n`}Fixtures: ${samples.length} redacted ${samples.length === 1 ? "sample" : "samples"} of real runs. Before it is merged: replace them by small ones made by hand, type \`read.ts\`${format.marker === null ? ", add `countActions`: nothing counts its actions independently" : ""},
run \`npm run format\`, \`npm run gen\`, then \`EXTRACTOR=${format.id} UPDATE_FIXTURES=1 npx vitest run test/extractors/contract.test.ts\`, and read what was recorded.
`;
}

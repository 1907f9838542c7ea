import path from "node:path";
import type { Marker } from "../../extract/learned/definition.ts";
import { promoteExtractor } from "../../extract/learned/promote.ts";
import { idsIn, readExtractor, readStore, type StoredExtractor } from "../../extract/learned/read-store.ts";
import { readersWith } from "../../extract/learned/readers.ts";
import type { Evidence } from "../../extract/learned/record.ts";
import { storeFolder } from "../../extract/learned/store-folder.ts";
import { type TriedRun, tryStored } from "../../extract/learned/try-stored.ts";
import { forgetExtractor, goBack, setCurrent } from "../../extract/learned/write-store.ts";
import { EXTRACTORS } from "../../extract/registry.generated.ts";
import { printable, printableLines } from "../../report/printable.ts";
import { plural } from "../../report/words.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { ExitCode, Io } from "../io.ts";
import { learnedStore } from "../learned-store.ts";
import { wholeNumber } from "../numbers.ts";

/** The store in which an extractor is looked for. Throws CodeTracerError `bad_argument` for a built-in one that has no learned namesake there. */
function storeOf(id: string, io: Io): string {
  const store = storeFolder(io.env);
  if (!EXTRACTORS.some((one) => one.id === id) || idsIn(store).includes(id)) return store;
  throw new CodeTracerError(
    "bad_argument",
    `${id} is built in: its code and its note are part of codetracer, and only learned extractors can be shown, tested, promoted, rolled back or forgotten`,
  );
}

/** Flags of commands that only print. */
export interface PrintFlags {
  json?: boolean;
}

/** `codetracer extractors list`: built-in and learned ones. */
export function listExtractors(flags: PrintFlags, io: Io): ExitCode {
  const store = learnedStore(io);
  const learned = readStore(store).extractors;
  const rows = readersWith(store).extractors.map(
    ({ id, title, version, learned: isLearned, fingerprint }) => ({
      id,
      title,
      kind: isLearned === undefined ? "built-in" : "learned",
      version,
      contents: fingerprint.contents,
      ...costOf(learned.find((one) => isLearned !== undefined && one.id === id)),
    }),
  );
  if (flags.json) io.stdout.write(`${JSON.stringify({ store, extractors: rows }, null, 2)}\n`);
  else {
    const width = Math.max(...rows.map(({ id }) => id.length));
    for (const row of rows)
      io.stdout.write(
        `${row.id.padEnd(width)}  ${row.kind.padEnd(8)}  v${row.version}  ${printable(row.title)}${costWords(row)}\n`,
      );
  }
  return 0;
}

function costWords(row: ReturnType<typeof costOf>): string {
  if (row.usage === undefined) return "";
  const { calls, cost_usd } = row.usage;
  const instead = row.instead_of === null ? "" : `; stands in for ${row.instead_of}`;
  return `: ${plural(calls, "call")}, ${priceWords(cost_usd)}, ${plural(row.samples, "sample")}, ${row.accepted_at.slice(0, 10)}${instead}`;
}

function priceWords(cost_usd: number | null): string {
  return cost_usd === null ? "price unknown" : `$${cost_usd.toFixed(4)}`;
}

function costOf(stored: StoredExtractor | undefined) {
  if (stored === undefined) return {};
  const { samples, made, accepted_at, instead_of } = stored.current.record;
  return { versions: stored.versions, samples: samples.length, usage: made.usage, accepted_at, instead_of };
}

/** `codetracer extractors show`: a learned one with its evidence, its note and its code. */
export function showExtractor(id: string, flags: PrintFlags, io: Io): ExitCode {
  const stored = readExtractor(storeOf(id, io), id);
  const { record, source, note } = stored.current;
  if (flags.json) {
    io.stdout.write(`${JSON.stringify({ ...record, versions: stored.versions, note, source }, null, 2)}\n`);
    return 0;
  }
  const { format, made, evidence } = record;
  const { calls, cost_usd } = made.usage;
  const lines = [
    `${format.id}  ${format.title}, version ${record.version} of ${stored.versions.join(", ")}`,
    `place     ${stored.current.folder}`,
    `found by  ${[...(format.files ?? []), ...(format.directories ?? [])].join(", ")}, with ${format.contents}`,
    ...(record.instead_of === null
      ? []
      : [
          `used for  runs that the built-in extractor ${record.instead_of} reads badly; any other run that fits`,
        ]),
    `made by   ${made.model}, ${plural(calls, "call")}, ${priceWords(cost_usd)}, ${made.checks} tries, ${record.accepted_at}`,
    `samples   ${record.samples.length}`,
    ...evidence.map((one) => evidenceLine(one, format.marker)),
  ];
  const said = [
    ...lines.map((line) => printable(line)),
    "",
    printableLines(note),
    "",
    printableLines(source),
  ];
  io.stdout.write(`${said.join("\n")}\n`);
  return 0;
}

/** How it did on one of the runs that it was accepted on. */
function evidenceLine({ run, step_count, counted, fidelity }: Evidence, marker: Marker | null): string {
  const named = (wanted: boolean | null): string[] =>
    fidelity.checks.filter(({ passed }) => passed === wanted).map(({ name }) => name);
  const [failed, unmade] = [named(false), named(null)];
  const checks = [
    `${named(true).length} of ${plural(fidelity.checks.length, "check")} passed`,
    ...(failed.length > 0 ? [`failed: ${failed.join(", ")}`] : []),
    ...(unmade.length > 0 ? [`could not be made: ${unmade.join(", ")}`] : []),
  ];
  return `evidence  ${run}: ${plural(step_count, "step")}, ${countWords(counted, marker)}; ${checks.join("; ")}`;
}

function countWords(counted: number | null, marker: Marker | null): string {
  if (marker === null) return "no independent count";
  return counted === null ? "count not kept" : `${counted} counted independently`;
}

/** `codetracer extractors test`: reads its samples, and runs, with it. Exit code 1 where one does not pass. */
export async function testExtractor(
  id: string,
  targets: readonly string[],
  flags: PrintFlags,
  io: Io,
): Promise<ExitCode> {
  const stored = readExtractor(storeOf(id, io), id);
  const tried = await tryStored(
    stored,
    targets.map((target) => path.resolve(io.cwd, target)),
  );
  if (tried.length === 0)
    throw new CodeTracerError("bad_argument", `${id} has no kept samples; give runs to test it on`);
  if (flags.json) io.stdout.write(`${JSON.stringify(tried, null, 2)}\n`);
  else for (const one of tried) io.stdout.write(`${printable(triedLine(one))}\n`);
  return tried.every((one) => one.status === "read" && one.fidelity.passed) ? 0 : 1;
}

function triedLine(tried: TriedRun): string {
  if (tried.status === "failed") return `✗ ${tried.run}: ${tried.message}`;
  const failed = tried.fidelity.checks.filter(({ passed }) => passed === false).map(({ name }) => name);
  const verdict = failed.length === 0 ? "fidelity passes" : `fidelity fails: ${failed.join(", ")}`;
  return `${failed.length === 0 ? "✓" : "✗"} ${tried.run}: ${tried.step_count} steps, ${verdict}`;
}

/** `codetracer extractors promote`: a folder for `extractors/`, ready to be reviewed. */
export function promote(id: string, flags: { out: string }, io: Io): ExitCode {
  const stored = readExtractor(storeOf(id, io), id);
  const folder = promoteExtractor(stored, path.resolve(io.cwd, flags.out));
  io.stdout.write(`wrote ${folder}; its README.md says what is to be done before it is merged\n`);
  return 0;
}

/** `codetracer extractors rollback`: makes an earlier version the one in use; the newer one stays. */
export function rollback(id: string, version: string | undefined, io: Io): ExitCode {
  const store = storeOf(id, io);
  const chosen = version === undefined ? goBack(store, id) : wholeNumber("the version", version);
  if (version !== undefined) setCurrent(store, id, chosen);
  io.stdout.write(`${id} is at version ${chosen} now\n`);
  return 0;
}

/** `codetracer extractors forget`: removes all versions and samples. */
export function forget(id: string, io: Io): ExitCode {
  forgetExtractor(storeOf(id, io), id);
  io.stdout.write(`${id} is forgotten\n`);
  return 0;
}

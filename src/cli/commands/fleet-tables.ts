import path from "node:path";
import { askFleet } from "../../fleet/query/index.ts";
import { sqlType, TABLES, tablesMarkdown } from "../../fleet/tables/index.ts";
import { Page } from "../../report/page.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";

/** `codetracer fleet tables`: what every table and column holds. */
export async function fleetTables(
  folder: string | undefined,
  flags: { markdown?: boolean; json?: boolean },
  io: Io,
): Promise<ExitCode> {
  const counts = folder === undefined ? null : await countRows(path.resolve(io.cwd, folder), io);
  if (flags.markdown) io.stdout.write(tablesMarkdown());
  else if (flags.json) io.stdout.write(`${JSON.stringify(plain(counts), null, 2)}\n`);
  else io.stdout.write(rendered(counts, io));
  return 0;
}

type Counts = ReadonlyMap<string, number>;

async function countRows(folder: string, io: Io): Promise<Counts> {
  const counts = new Map<string, number>();
  const sql = TABLES.map(({ name }) => `select '${name}' as name, count(*) as rows from ${name}`).join(
    " union all ",
  );
  const options = { rows: null, seconds: 60, memory_mb: 1024, threads: 1, signal: io.signal };
  await askFleet(folder, sql, options, ({ rows }) => {
    for (const [name, count] of rows) counts.set(String(name), Number(count));
  });
  return counts;
}

function plain(counts: Counts | null) {
  return TABLES.map(({ name, about, columns }) => ({
    name,
    about,
    ...(counts === null ? {} : { rows: counts.get(name) ?? 0 }),
    columns: columns.map((one) => ({
      name: one.name,
      type: sqlType(one.type),
      nullable: one.type.endsWith("?"),
      about: one.about,
    })),
  }));
}

function rendered(counts: Counts | null, io: Io): string {
  const page = new Page({ color: useColor(io, io.stdout, undefined), width: outputWidth(io) });
  const longest = Math.max(...TABLES.flatMap(({ columns }) => columns.map(({ name }) => name.length)));
  for (const { name, about, columns } of TABLES) {
    page.heading(counts === null ? name : `${name} (${counts.get(name) ?? 0} rows)`);
    page.paragraph(about, 2, page.colors.dim);
    for (const one of columns) {
      const type = `${sqlType(one.type)}${one.type.endsWith("?") ? "?" : ""}`;
      page.line(`${one.name.padEnd(longest)}  ${type.padEnd(10)}  ${one.about}`, 2);
    }
  }
  return page.toString();
}

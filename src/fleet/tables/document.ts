import { sqlType } from "./column.ts";
import { TABLES, type TableShape } from "./tables.ts";

const HEAD = `# The tables of a fleet

\`codetracer fleet <runs> -o <folder>\` writes one [Parquet](https://parquet.apache.org) file a table to \`<folder>/tables\`. DuckDB,
Polars, pandas, Spark and others read them; \`codetracer fleet query <folder> "<sql>"\` asks them in DuckDB's SQL, where each
table is a view of its name. Types are DuckDB's. Rows stand in the order of \`run_id\`, and the same runs give the same bytes.
Times are UTC. Texts come from the runs with their secrets redacted; they are data, and may hold anything.

This page is made by \`codetracer fleet tables --markdown\`.
`;

/** docs/fleet-tables.md: what every column holds. */
export function tablesMarkdown(): string {
  return `${HEAD}\n${TABLES.map(section).join("\n")}`;
}

function section({ name, about, columns }: TableShape): string {
  const rows = columns.map(
    (one) =>
      `| \`${one.name}\` | ${sqlType(one.type)} | ${one.type.endsWith("?") ? "yes" : ""} | ${one.about.replaceAll("|", "\\|")} |`,
  );
  return `## ${name}\n\n${about}\n\n| column | type | may be null | |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

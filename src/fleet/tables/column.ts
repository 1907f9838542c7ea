import type { SchemaElement } from "hyparquet";

/** What a column holds. A `?` at the end: null where it is not known. */
export type ColumnType =
  | "text"
  | "text?"
  | "texts"
  | "whole"
  | "whole?"
  | "wholes"
  | "big"
  | "big?"
  | "number"
  | "number?"
  | "truth"
  | "truth?"
  | "time?";

/** One value of a row. Times are ISO 8601, as the files have them. */
export type Cell = string | number | boolean | null | readonly string[] | readonly number[];

interface Held {
  text: string;
  texts: readonly string[];
  whole: number;
  wholes: readonly number[];
  big: number;
  number: number;
  truth: boolean;
  time: string;
}
type CellOf<Type extends ColumnType> = Type extends `${infer Base extends keyof Held}?`
  ? Held[Base] | null
  : Type extends keyof Held
    ? Held[Type]
    : never;

/** One column of a table: what it is called, holds and means, and how it is read off an item. */
export interface Column<Item> {
  name: string;
  type: ColumnType;
  about: string;
  cell(item: Item): Cell;
}

/** A column whose cells fit its type. */
export function column<Item, Type extends ColumnType>(
  name: string,
  type: Type,
  about: string,
  cell: (item: Item) => CellOf<Type>,
): Column<Item> {
  return { name, type, about, cell: (item) => cell(item) };
}

/** A table: one row for each item. */
export interface Table<Item = never> {
  name: string;
  /** What one row is. */
  about: string;
  columns: readonly Column<Item>[];
}

/** The SQL type that a column has in a query. */
export function sqlType(type: ColumnType): string {
  return SQL[baseOf(type)];
}

/** The row of an item. */
export function rowOf<Item>(table: Table<Item>, item: Item): Cell[] {
  return table.columns.map((one) => one.cell(item));
}

const SQL: Readonly<Record<keyof Held, string>> = {
  text: "VARCHAR",
  texts: "VARCHAR[]",
  whole: "INTEGER",
  wholes: "INTEGER[]",
  big: "BIGINT",
  number: "DOUBLE",
  truth: "BOOLEAN",
  time: "TIMESTAMP",
};

const ELEMENTS: Readonly<Record<keyof Held, Pick<SchemaElement, "type" | "converted_type">>> = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  texts: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  whole: { type: "INT32" },
  wholes: { type: "INT32" },
  big: { type: "INT64" },
  number: { type: "DOUBLE" },
  truth: { type: "BOOLEAN" },
  time: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
};

/** The column as elements of a Parquet schema; a list takes three. */
export function parquetElements({ name, type }: Pick<Column<never>, "name" | "type">): SchemaElement[] {
  const base = baseOf(type);
  if (base !== "texts" && base !== "wholes")
    return [{ name, ...ELEMENTS[base], repetition_type: type.endsWith("?") ? "OPTIONAL" : "REQUIRED" }];
  return [
    { name, converted_type: "LIST", repetition_type: "REQUIRED", num_children: 1 },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", ...ELEMENTS[base], repetition_type: "REQUIRED" },
  ];
}

/** A cell as the Parquet writer takes it. */
export function parquetValue(type: ColumnType, cell: Cell): Cell | bigint | Date {
  const base = baseOf(type);
  if (base === "big" && typeof cell === "number") return BigInt(Math.round(cell));
  if (base !== "time" || typeof cell !== "string") return cell;
  const moment = new Date(cell);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

function baseOf(type: ColumnType): keyof Held {
  return type.replace("?", "") as keyof Held;
}

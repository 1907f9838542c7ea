import { asArray, asRecord, asString, type JsonRecord } from "../../src/extract/toolkit/index.ts";

/** Keys are cut at this many dots; a hostile key of thousands stays one piece. */
const MAX_DEPTH = 12;

/** Where a key holds a value of its own and others below it: `gen_ai.prompt` beside `gen_ai.prompt.0.role`. */
const OWN = "";

/** A record whose keys hold dots as nested records, which both flat and nested attributes come down to. */
export function expand(flat: JsonRecord): JsonRecord {
  const root = emptyNode();
  for (const [key, value] of Object.entries(flat)) {
    const parts = key.split(".");
    const head = parts.slice(0, MAX_DEPTH);
    if (parts.length > MAX_DEPTH) head.push(parts.slice(MAX_DEPTH).join("."));
    place(root, head, value);
  }
  return root;
}

function place(root: JsonRecord, keys: readonly string[], value: unknown): void {
  let node = root;
  for (const key of keys.slice(0, -1)) node = nodeAt(node, key);
  const last = keys.at(-1) ?? OWN;
  const there = asRecord(node[last]);
  const record = asRecord(value);
  if (there && record) for (const [key, inner] of Object.entries(record)) there[key] ??= inner;
  else if (there) there[OWN] = value;
  else if (record) node[last] = Object.assign(emptyNode(), record);
  else node[last] = value;
}

function nodeAt(node: JsonRecord, key: string): JsonRecord {
  const there = asRecord(node[key]);
  if (there) return there;
  const made = emptyNode();
  if (node[key] !== undefined) {
    if (Array.isArray(node[key])) Object.assign(made, node[key]);
    else made[OWN] = node[key];
  }
  node[key] = made;
  return made;
}

/** Keys come from the trace: `__proto__` is a key like any other. */
function emptyNode(): JsonRecord {
  return Object.create(null) as JsonRecord;
}

/** The value at a dotted path of expanded attributes. */
export function attribute(tree: JsonRecord, path: string): unknown {
  let node: unknown = tree;
  for (const key of path.split(".")) {
    node = asRecord(node)?.[key];
    if (node === undefined) return undefined;
  }
  return asRecord(node)?.[OWN] ?? node ?? undefined;
}

/** The first of several attributes that is a text and not empty. */
export function firstText(tree: JsonRecord, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = asString(attribute(tree, path));
    if (text !== undefined && text !== "") return text;
  }
  return undefined;
}

/** The first of several attributes that is a number, or a text of one. */
export function firstNumber(tree: JsonRecord, ...paths: readonly string[]): number | undefined {
  for (const path of paths) {
    const value = attribute(tree, path);
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number) && number >= 0) return number;
  }
  return undefined;
}

/** A list in any of its forms: an array, `0`, `1`, … as keys, or either as JSON text. */
export function listOf(value: unknown): readonly unknown[] {
  const decoded = decodeJson(value);
  if (Array.isArray(decoded)) return decoded;
  const record = asRecord(decoded);
  if (!record) return [];
  const indices = Object.keys(record).filter((key) => /^\d{1,6}$/.test(key));
  return indices.sort((a, b) => Number(a) - Number(b)).map((key) => record[key]);
}

/** What a JSON text holds; anything else as it is. */
export function decodeJson(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{"]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** OTLP's list of `{key, value: {stringValue}}` as a flat record. A record stays as it is. */
export function flatAttributes(attributes: unknown): JsonRecord {
  if (!Array.isArray(attributes)) return asRecord(decodeJson(attributes)) ?? {};
  const flat = emptyNode();
  for (const item of attributes) {
    const record = asRecord(item);
    const key = asString(record?.key);
    if (record && key !== undefined) flat[key] = "type" in record ? record.value : anyValue(record.value);
  }
  return flat;
}

/** An OTLP AnyValue, in the spelling of JSON or of the protobuf fields. */
export function anyValue(value: unknown, depth = 0): unknown {
  const record = asRecord(value);
  if (!record || depth > MAX_DEPTH) return value;
  const of = (camel: string, snake: string): unknown => record[camel] ?? record[snake];
  const whole = of("intValue", "int_value");
  if (whole !== undefined) return typeof whole === "string" ? Number(whole) : whole;
  const list = asRecord(of("arrayValue", "array_value"));
  if (list) return asArray(list.values).map((element) => anyValue(element, depth + 1));
  const pairs = asRecord(of("kvlistValue", "kvlist_value"));
  if (pairs) {
    const node = emptyNode();
    for (const pair of asArray(pairs.values)) {
      const key = asString(asRecord(pair)?.key);
      if (key !== undefined) node[key] = anyValue(asRecord(pair)?.value, depth + 1);
    }
    return node;
  }
  return (
    of("stringValue", "string_value") ??
    of("boolValue", "bool_value") ??
    of("doubleValue", "double_value") ??
    of("bytesValue", "bytes_value")
  );
}

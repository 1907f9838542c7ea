import { asArray, asRecord, type JsonRecord } from "../../src/extract/toolkit/index.ts";
import { type Document, entriesOf, type Placed } from "../_documents/places.ts";
import type { RunShape } from "../_documents/rows.ts";

/** Keys under which the list stands. */
const LIST_KEYS = ["steps", "trajectory", "history", "actions", "action_history", "log", "trace", "entries"];

/** Keys under which an entry has what came back. */
export const OUTPUT_KEYS = ["output", "observation", "result"];

/** Marks of other formats' entries: chat messages, OpenHands events, SWE-agent steps, tool-call steps, ATIF steps. */
const FOREIGN_KEYS = [
  ["role"],
  ["source", "cause"],
  ["source", "args"],
  ["response", "thought"],
  ["tool_call"],
  ["tool_calls"],
  ["kind", "id"],
];

/** What an entry is: with all that the format has, with enough of it, or none of this format. */
export function entryKind(value: unknown): "full" | "partial" | null {
  const record = asRecord(value);
  if (!record || !isAction(record.action)) return null;
  if (FOREIGN_KEYS.some((keys) => keys.every((key) => key in record))) return null;
  const hasOutput = OUTPUT_KEYS.some((key) => key in record);
  const hasTime = "timestamp" in record;
  const hasState = "state" in record;
  if (hasOutput && hasState && hasTime) return "full";
  return (hasOutput && (hasState || hasTime)) || (hasState && hasTime) ? "partial" : null;
}

/** The key of the list in a wrapper, `[]` for a bare list; null where the value is no run of this format. */
export function listPath(value: unknown): readonly string[] | null {
  if (Array.isArray(value)) return isActionList(value) ? [] : null;
  const record = asRecord(value);
  const key = LIST_KEYS.find((name) => isActionList(asArray(record?.[name])));
  return key === undefined ? null : [key];
}

/** Whether most entries are of this format. One that names no action, such as a first state, is none against it. */
function isActionList(entries: readonly unknown[]): boolean {
  // The last entry of a list that breaks off is not whole.
  const list = entries.length > 2 ? entries.slice(0, -1) : entries;
  const fitting = list.filter((entry) => entryKind(entry) !== null).length;
  const acting = list.filter((entry) => isAction(asRecord(entry)?.action)).length;
  return fitting > 0 && fitting >= 0.8 * acting && acting >= 0.5 * list.length;
}

function isAction(action: unknown): boolean {
  if (typeof action === "string") return action.trim() !== "";
  return Object.keys(asRecord(action) ?? {}).length > 0;
}

/** The entries of a run: of its list, or the documents themselves where each line is an entry. */
export function entriesOfRun(documents: readonly Document[]): { record: JsonRecord; ref: Placed["ref"] }[] {
  const [first] = documents;
  const keys = documents.length === 1 && first ? listPath(first.value) : null;
  const placed: readonly Placed[] = first && (keys ?? first.saved) ? entriesOf(first, keys ?? []) : documents;
  return placed.map(({ value, ref }) => ({ record: asRecord(value) ?? {}, ref }));
}

/** How runs of this format are told apart. */
export const SHAPE: RunShape = { isRun: (value) => listPath(value) !== null, listKeys: LIST_KEYS };

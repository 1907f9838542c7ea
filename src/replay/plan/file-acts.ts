import type { ToolSpec } from "../../trajectory/tools.ts";
import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../util/narrow.ts";
import type { FileOperation, TextEdit } from "./file-operation.ts";
import { patchOperations } from "./patch-acts.ts";

/** What came of reading a file tool's arguments: the operations, or why they cannot be read off. */
export type FileActs = { operations: FileOperation[] } | { reason: string };

/** What a call of a file tool did, read off what its arguments are called. */
export function fileActs(spec: ToolSpec, args: JsonRecord): FileActs {
  if (spec.verb === "apply patch") return patchActs(args);
  const path = pathOf(spec, args);
  if (path === undefined) return { reason: "the call does not say which file it changes" };
  if (spec.verb === "write") {
    const content = first(args, ["content", "file_text", "contents"]);
    if (content === undefined) return { reason: "what it wrote is not recorded" };
    return { operations: [{ operation: "write", path, content }] };
  }
  return editActs(path, args);
}

function patchActs(args: JsonRecord): FileActs {
  const patch = first(args, ["input", "patch", "diff"]);
  if (patch === undefined) return { reason: "the patch is not recorded" };
  return patchOperations(patch);
}

function pathOf(spec: ToolSpec, args: JsonRecord): string | undefined {
  const named = spec.path === undefined ? undefined : asString(args[spec.path]);
  return named ?? first(args, ["path", "file_path", "absolute_path", "filePath"]);
}

function first(args: JsonRecord, names: readonly string[]): string | undefined {
  return names.map((name) => asString(args[name])).find((value) => value !== undefined);
}

function editActs(path: string, args: JsonRecord): FileActs {
  if (typeof args.diff === "string") return editsOf(path, blocksOf(args.diff));
  if (Array.isArray(args.edits))
    return editsOf(
      path,
      asArray(args.edits).map((edit) => replacement(asRecord(edit) ?? {})),
    );
  const line = asNumber(args.insert_line) ?? asNumber(Number(args.insert_line ?? Number.NaN));
  const text = first(args, ["new_str", "insert_text", "text"]);
  if (line !== undefined) {
    if (text === undefined) return { reason: "what it put in is not recorded" };
    return { operations: [{ operation: "edit", path, edits: [{ kind: "insert", after_line: line, text }] }] };
  }
  const one = replacement(args);
  // Nothing to replace: a new file, or more of an old one.
  if (one?.kind !== "all" && one?.old === "")
    return { operations: [{ operation: "append", path, content: one.new }] };
  return editsOf(path, [one]);
}

function editsOf(path: string, edits: readonly (TextEdit | null)[]): FileActs {
  const read = edits.filter((edit) => edit !== null);
  const isEmpty = read.some((edit) => "old" in edit && edit.old === "");
  if (read.length === 0 || read.length < edits.length || isEmpty)
    return { reason: "the call does not name the text that it replaced" };
  return { operations: [{ operation: "edit", path, edits: read }] };
}

type Replacement = Extract<TextEdit, { kind: "once" | "all" | "lines" }>;

function replacement(args: JsonRecord): Replacement | null {
  const search = asString(args.search);
  if (search !== undefined) return lines(search, asString(args.replace) ?? "");
  const old = first(args, ["old_str", "old_string"]);
  if (old === undefined) return null;
  const replaced = first(args, ["new_str", "new_string"]) ?? "";
  const all =
    args.replace_all === true ||
    args.allow_multiple === true ||
    (asNumber(args.expected_replacements) ?? 1) > 1;
  return { kind: all ? "all" : "once", old, new: replaced };
}

/** Whole lines, the first that match. */
function lines(old: string, replaced: string): Replacement {
  const ended = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);
  return { kind: "lines", old: ended(old), new: ended(replaced) };
}

const BLOCK =
  /^(?:-{5,}|<{5,}) SEARCH>?[^\n]*\n([\s\S]*?)^={5,}[^\n]*\n([\s\S]*?)^(?:\+{5,}|>{5,}) REPLACE[^\n]*$/gm;

/** Search-and-replace blocks, each applied to the next lines that match. */
function blocksOf(diff: string): (TextEdit | null)[] {
  const blocks = [...diff.matchAll(BLOCK)].map(
    ([, old = "", replaced = ""]): TextEdit => lines(old, replaced),
  );
  return blocks.length > 0 ? blocks : [null];
}

import type { FileOperation, TextEdit } from "./file-operation.ts";

const BEGIN = "*** Begin Patch";
const FILE = /^\*\*\* (Add|Delete|Update) File: (.+)$/;
const MOVE = /^\*\*\* Move to: (.+)$/;

/** The operations of a patch in the form of `*** Begin Patch`, which names context lines instead of line numbers. */
export function patchOperations(patch: string): { operations: FileOperation[] } | { reason: string } {
  const lines = patch.replaceAll("\r\n", "\n").split("\n");
  const begin = lines.findIndex((line) => line.trim() === BEGIN);
  if (begin < 0) return { reason: "the patch is of a form that is not known" };
  const end = lines.findIndex((line, index) => index > begin && line.trim() === "*** End Patch");
  const operations: FileOperation[] = [];
  const body = lines.slice(begin + 1, end < 0 ? undefined : end);
  for (let at = 0; at < body.length; ) {
    const [, verb, path] = FILE.exec(body[at] ?? "") ?? [];
    if (verb === undefined || path === undefined)
      return { reason: "the patch holds lines outside of a file" };
    const next = body.findIndex((line, index) => index > at && FILE.test(line));
    const own = body.slice(at + 1, next < 0 ? undefined : next);
    operations.push(...fileOperations(verb, path.trim(), own));
    at = next < 0 ? body.length : next;
  }
  return operations.length > 0 ? { operations } : { reason: "the patch names no file" };
}

function fileOperations(verb: string, path: string, lines: readonly string[]): FileOperation[] {
  if (verb === "Delete") return [{ operation: "delete", path }];
  if (verb === "Add") {
    const added = lines.filter((line) => line.startsWith("+")).map((line) => `${line.slice(1)}\n`);
    return [{ operation: "write", path, content: added.join("") }];
  }
  const to = lines.map((line) => MOVE.exec(line)?.[1]).find((name) => name !== undefined);
  const edits = hunksOf(lines.filter((line) => !MOVE.test(line)));
  return [
    ...(edits.length > 0 ? [{ operation: "edit" as const, path, edits }] : []),
    ...(to === undefined ? [] : [{ operation: "move" as const, path, to: to.trim() }]),
  ];
}

function hunksOf(lines: readonly string[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let old: string[] = [];
  let replaced: string[] = [];
  const close = (): void => {
    if (old.length > 0) edits.push({ kind: "lines", old: block(old), new: block(replaced) });
    else if (replaced.length > 0) edits.push({ kind: "add", text: block(replaced) });
    old = [];
    replaced = [];
  };
  for (const line of lines) {
    if (line.startsWith("@@")) {
      close();
      const anchor = line.slice(2).trim();
      if (anchor !== "") edits.push({ kind: "seek", text: anchor });
    } else if (line.startsWith("*** End of File")) continue;
    else if (line.startsWith("+")) replaced.push(line.slice(1));
    else if (line.startsWith("-")) old.push(line.slice(1));
    else {
      // A context line, which starts with a space; some writers leave an empty one bare.
      old.push(line.slice(1));
      replaced.push(line.slice(1));
    }
  }
  trimTail(old, replaced);
  close();
  return edits;
}

/** An empty line behind the last hunk stems from splitting the text. */
function trimTail(old: string[], replaced: string[]): void {
  if (old.at(-1) === "" && replaced.at(-1) === "") {
    old.pop();
    replaced.pop();
  }
}

function block(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

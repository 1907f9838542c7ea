import type { LineSpan } from "../../src/extract/toolkit/index.ts";
import type { RawLine } from "./session-lines.ts";

/** An edit that a reply asks for: a SEARCH/REPLACE block. */
export interface Block extends LineSpan {
  path: string;
  search: string;
  replace: string;
}

/** A fenced text of a reply and the line above it. */
export interface Fence extends LineSpan {
  heading: string;
  language: string;
  body: string;
}

const HEAD = /^<{5,9} SEARCH>?\s*$/;
const DIVIDER = /^={5,9}\s*$/;
const END = /^>{5,9} REPLACE\s*$/;
const FENCE = /^(`{3,}|~{3,}|<(?:source|code|pre|codeblock|sourcecode)>)(.*)$/;

/** The SEARCH/REPLACE blocks of a reply, in order. A block without its end was broken off and is none. */
export function blocksOf(reply: readonly RawLine[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < reply.length; at++) {
    if (!HEAD.test(reply[at]?.text ?? "")) continue;
    const divider = find(reply, at + 1, DIVIDER);
    const end = divider < 0 ? -1 : find(reply, divider + 1, END);
    if (end < 0) continue;
    const named = namedAbove(reply, at);
    const before = blocks.at(-1);
    blocks.push({
      path: named?.path ?? before?.path ?? "",
      search: textOf(reply.slice(at + 1, divider)),
      replace: textOf(reply.slice(divider + 1, end)),
      // Without a name of its own a block edits the file named before.
      line_start: named?.line ?? before?.line_start ?? reply[at]?.line ?? 1,
      line_end: reply[end]?.line ?? 1,
    });
    at = end;
  }
  return blocks;
}

/** The fenced texts of a reply, in order. */
export function fencesOf(reply: readonly RawLine[]): Fence[] {
  const fences: Fence[] = [];
  for (let at = 0; at < reply.length; at++) {
    const opening = FENCE.exec(reply[at]?.text ?? "");
    if (!opening) continue;
    const mark = opening[1] ?? "";
    const closing = mark.startsWith("<") ? mark.replace("<", "</") : mark;
    let end = at + 1;
    while (end < reply.length && reply[end]?.text.trimEnd() !== closing) end++;
    if (end === reply.length) return fences;
    const heading = fileName(reply[at - 1]?.text ?? "");
    fences.push({
      heading: heading ?? "",
      language: (opening[2] ?? "").trim(),
      body: textOf(reply.slice(at + 1, end)),
      line_start: reply[heading === null ? at : at - 1]?.line ?? 1,
      line_end: reply[end]?.line ?? 1,
    });
    at = end;
  }
  return fences;
}

function find(lines: readonly RawLine[], from: number, pattern: RegExp): number {
  for (let at = from; at < lines.length; at++) {
    const text = lines[at]?.text ?? "";
    if (pattern.test(text)) return at;
    if (HEAD.test(text)) return -1;
  }
  return -1;
}

/** The file name above a block: the line above it, or above the fence that opens there. */
function namedAbove(lines: readonly RawLine[], at: number): { path: string; line: number } | null {
  for (let above = at - 1; above >= Math.max(0, at - 3); above--) {
    const { text, line } = lines[above] ?? { text: "", line: 1 };
    const path = fileName(text);
    if (path !== null) return { path, line };
    if (!FENCE.test(text)) return null;
  }
  return null;
}

/** A line as a file name, without the marks that models put around it; null where it is none. */
function fileName(text: string): string | null {
  const bare = text.trim();
  const fence = FENCE.exec(bare);
  if (fence) {
    const inside = (fence[2] ?? "").trim();
    return /[./]/.test(inside) && !/\s/.test(inside) ? inside : null;
  }
  if (bare === "" || bare === "..." || END.test(bare)) return null;
  const name = bare
    .replace(/:+$/, "")
    .replace(/^#+/, "")
    .trim()
    .replace(/^[`*]+|[`*:]+$/g, "");
  return name === "" || name.length > 300 ? null : name;
}

function textOf(lines: readonly RawLine[]): string {
  return lines.map(({ text }) => text).join("\n");
}

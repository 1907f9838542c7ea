import type { IndexedStep } from "../../trajectory/step.ts";
import { STANDS_IN } from "./admits.ts";
import { cutLine, lengthOf } from "./gist.ts";
import { diffLines, type Hunk } from "./line-diff.ts";
import { plainText } from "./plain-text.ts";
import { unlikeHeader } from "./step-header.ts";

const FIELD_CHARS = 20_000;
const LINES_LEAST = 6;
/** Earlier long actions that are compared, beside those that wrote the same file. */
const LOOK_BACK = 8;
const REMEMBERED_MAX = 50;
/** Share of the lines that must be as they were: in the same file, and elsewhere. */
const SAME_FILE_SHARE = 0.3;
const OTHER_FILE_SHARE = 0.5;
const LINE_CHARS_LEAST = 60;
const REMOVED_SHARE = 0.35;
const FIRST_CHARS = 160;
const WHOLE_TEXTS = ["content", "file_text", "contents", "code"];
/** Says by itself what it changes. */
const PATCH = /\*\*\* Begin Patch|^--- a\/|\b(?:git apply|patch -p)\b/m;
/** Less room than a line with its mark takes. */
const ROOM_LEAST = 10;

/** A step that writes again much of what an earlier one wrote. */
export interface Rewrite {
  /** The earlier step. */
  of: number;
  /** The first line of the action: the command, or the tool and its file. */
  first: string;
  /** Lines that are as they were. */
  same: number;
  hunks: readonly Hunk[];
}

interface Written {
  step: IndexedStep;
  first: string;
  /** Without blank ones. */
  lines: readonly string[];
  telling: ReadonlySet<string>;
}

/** For every step, what it writes again; null = nothing, or it cannot be compared. In step order. */
export function rewrites(steps: readonly IndexedStep[]): (Rewrite | null)[] {
  const latestOn = new Map<string, number>();
  const latest: number[] = [];
  const writtenAt = remembered((id) => writtenBy(steps[id - 1]));
  return steps.map((step) => {
    const written = writtenAt(step.step_id);
    if (written === null) return null;
    const paths = step.touches.writes ?? [];
    const onPath = new Set(paths.flatMap((path) => latestOn.get(path) ?? []));
    const ids = new Set([step.near_repeat_of ?? 0, ...onPath, ...latest]);
    const found = rewriteOf(
      written,
      [...ids].flatMap((id) => writtenAt(id) ?? []),
      onPath,
    );
    for (const path of paths) latestOn.set(path, step.step_id);
    latest.unshift(step.step_id);
    if (latest.length > LOOK_BACK) latest.pop();
    return found;
  });
}

/** Keeps the last results, so that long runs are not held twice. */
function remembered<T>(make: (id: number) => T): (id: number) => T {
  const known = new Map<number, T>();
  return (id) => {
    const value = known.get(id) ?? make(id);
    known.set(id, value);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED_MAX && oldest !== undefined) known.delete(oldest);
    return value;
  };
}

function writtenBy(step: IndexedStep | undefined): Written | null {
  if (step === undefined) return null;
  const lines = linesOf(step.action);
  const first = cutLine(lines[0] ?? "", FIRST_CHARS);
  const body = lines.length > LINES_LEAST ? lines.slice(1) : wholeText(step);
  if (body.length < LINES_LEAST || PATCH.test(step.action.slice(0, FIRST_CHARS))) return null;
  const telling = new Set(body.filter(isTelling));
  return telling.size === 0 ? null : { step, first, lines: body, telling };
}

/** Of a tool call, which is one line, the argument that holds a whole file. */
function wholeText({ arguments: given }: IndexedStep): string[] {
  const text = WHOLE_TEXTS.map((name) => given?.[name]).find((value) => typeof value === "string");
  return text === undefined ? [] : linesOf(text);
}

function linesOf(text: string): string[] {
  return unlikeHeader(plainText(text.slice(0, FIELD_CHARS)))
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}

function isTelling(line: string): boolean {
  return (line.match(/\w/g)?.length ?? 0) > 3;
}

function rewriteOf(
  written: Written,
  candidates: readonly Written[],
  sameFile: ReadonlySet<number>,
): Rewrite | null {
  let best: Written | null = null;
  let most = 0;
  for (const earlier of candidates) {
    const share =
      [...written.telling].filter((line) => earlier.telling.has(line)).length / written.telling.size;
    const enough = sameFile.has(earlier.step.step_id) ? SAME_FILE_SHARE : OTHER_FILE_SHARE;
    if (share < enough || share <= most) continue;
    best = earlier;
    most = share;
  }
  const diff = best && diffLines(best.lines, written.lines);
  if (!best || !diff) return null;
  const hunks = diff.hunks.map(({ removed, added }) => ({
    removed: removed.filter(isTelling),
    added: added.filter(isTelling),
  }));
  return {
    of: best.step.step_id,
    first: written.first,
    same: diff.same.length,
    hunks: hunks.filter(({ removed, added }) => removed.length + added.length > 0),
  };
}

/** Characters that a rewrite takes when all that changed is shown. */
export function rewriteLength({ first, hunks }: Rewrite): number {
  const changed = hunks.flatMap(({ removed, added }) => [...removed, ...added]);
  return first.length + 40 + lengthOf(changed) + 3 * changed.length + 2 * hunks.length;
}

/**
 * What changed against the earlier write in about so many characters: `- ` before a line that is gone, `+ ` before a new one as it stands in the action; of
 * each stretch the first lines, and lines that own to a stand-in before others.
 */
export function rewriteGist(rewrite: Rewrite, chars: number): string {
  const { first, same, of, hunks } = rewrite;
  const shown = [cutLine(first, Math.max(LINE_CHARS_LEAST, chars * 0.3)), `… ${same} lines as at step ${of}`];
  const room = chars - lengthOf(shown);
  const kept = keptLines(hunks, room, rewriteLength(rewrite) <= chars ? room : room * REMOVED_SHARE);
  hunks.forEach(({ removed, added }, at) => {
    const lines = [
      ...removed.flatMap((_, line) => kept.get(`${at}-${line}`) ?? []),
      ...added.flatMap((_, line) => kept.get(`${at}+${line}`) ?? []),
    ];
    if (lines.length > 0 && at > 0 && shown.at(-1) !== "…") shown.push("…");
    shown.push(...lines);
  });
  const left = leftOut(hunks, kept);
  return [...shown, ...(left === "" ? [] : [left])].join("\n");
}

/** The changed lines that fit, by hunk, mark and place. */
function keptLines(hunks: readonly Hunk[], chars: number, charsRemoved: number): Map<string, string> {
  const kept = new Map<string, string>();
  const widest = Math.max(LINE_CHARS_LEAST, chars / 3);
  let room = chars;
  let forRemoved = charsRemoved;
  const take = (at: number, mark: "-" | "+", line: number, text: string | undefined): void => {
    const key = `${at}${mark}${line}`;
    if (text === undefined || kept.has(key)) return;
    const cut = `${mark} ${cutLine(text.trim(), widest)}`;
    if (cut.length + 3 > (mark === "-" ? Math.min(room, forRemoved) : room)) return;
    kept.set(key, cut);
    room -= cut.length + 3;
    if (mark === "-") forRemoved -= cut.length + 3;
  };
  hunks.forEach(({ added }, at) => {
    added.forEach((text, line) => {
      if (STANDS_IN.test(text.slice(0, 400)) && room > chars / 2) take(at, "+", line, text);
    });
  });
  const longest = hunks.reduce((most, { removed, added }) => Math.max(most, removed.length, added.length), 0);
  for (let line = 0; line < longest && room > ROOM_LEAST; line++)
    hunks.forEach(({ removed, added }, at) => {
      take(at, "+", line, added[line]);
      take(at, "-", line, removed[line]);
    });
  return kept;
}

function leftOut(hunks: readonly Hunk[], kept: ReadonlyMap<string, string>): string {
  const count = (mark: "removed" | "added"): number =>
    hunks.reduce((sum, hunk) => sum + hunk[mark].length, 0);
  const shown = [...kept.values()];
  const gone = count("removed") - shown.filter((line) => line.startsWith("- ")).length;
  const more = count("added") - shown.filter((line) => line.startsWith("+ ")).length;
  const parts = [...(gone > 0 ? [`${gone} more gone`] : []), ...(more > 0 ? [`${more} more new`] : [])];
  return parts.length === 0 ? "" : `… ${parts.join(", ")}`;
}

import type { Ref } from "../../src/extract/toolkit/index.ts";
import { type Block, blocksOf, fencesOf } from "./blocks.ts";
import type { Entry } from "./entries.ts";
import type { Turn } from "./turns.ts";

/** An edit that Aider carried out, or tried to. */
export interface Edit {
  args: { path: string } & Record<string, string>;
  ref: Ref;
  observation: string | null;
  observation_ref: Ref | null;
  is_error: boolean | undefined;
}

/** A message that shows that the edits of a reply were taken up; a reply in ask mode is followed by none. */
const TAKEN_UP =
  /^(?:Applied edit to |Did not apply edit to |Skipping edits to |Allow (?:edits to|creation of) |Create new file\? |The LLM did not conform to the edit format|# \d+ SEARCH\/REPLACE blocks? failed)/;
const APPLIED = /^(?:Applied edit to|Did not apply edit to) (.+?)(?: \(--dry-run\))?$/;
const FAILED = /^# \d+ SEARCH\/REPLACE blocks? failed/;

/** The edits of a turn: its SEARCH/REPLACE blocks, or, in the other edit formats, the files that Aider says it edited. */
export function editsOf(turn: Turn, messages: readonly Entry[], file: string): Edit[] {
  if (!messages.some(({ text }) => TAKEN_UP.test(text))) return [];
  const blocks = blocksOf(turn.reply);
  const edits =
    blocks.length > 0
      ? blocks.map((block) => editOf(block, messages, file))
      : appliedEdits(turn, messages, file);
  return withRest(edits, messages, file);
}

function editOf(block: Block, messages: readonly Entry[], file: string): Edit {
  const { path, search, replace, line_start, line_end } = block;
  const args = { path, search, replace };
  const ref = { path: file, line_start, line_end };
  const failure = messages.find(({ text }) => FAILED.test(text));
  if (!failure) return { args, ref, ...about(path, messages, file), is_error: undefined };
  const section = failure.text.split(/^(?=## \w+: )/m).find((part) => isAbout(part, block));
  const rest = /^# The other \d+ SEARCH\/REPLACE blocks? .*$/m.exec(failure.text)?.[0];
  const observation = section === undefined ? (rest ?? null) : section.trimEnd();
  return {
    args,
    ref,
    observation,
    observation_ref: observation === null ? null : refTo(failure, file),
    is_error: section === undefined ? undefined : true,
  };
}

/** Whether a section of the error message repeats the block. */
function isAbout(section: string, { search, replace }: Block): boolean {
  if (!section.startsWith("## ")) return false;
  const squash = (text: string): string => text.replace(/\s+/g, "");
  return squash(section).includes(squash(`<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`));
}

function appliedEdits(turn: Turn, messages: readonly Entry[], file: string): Edit[] {
  const fences = fencesOf(turn.reply);
  return messages.flatMap((entry) => {
    const path = APPLIED.exec(entry.text)?.[1];
    if (path === undefined) return [];
    const whole = fences.find(({ heading }) => heading === path || heading.endsWith(`/${path}`));
    const diff = fences.find(({ body, language }) => language === "diff" && body.includes(`+++ ${path}`));
    const found = diff ?? whole;
    const content =
      found === undefined ? {} : found === diff ? { patch: found.body } : { content: found.body };
    const ref = found
      ? { path: file, line_start: found.line_start, line_end: found.line_end }
      : refTo(entry, file);
    const observed = { observation: entry.text, observation_ref: refTo(entry, file) };
    return [{ args: { path, ...content }, ref, ...observed, is_error: undefined }];
  });
}

/** What Aider says about one file. */
function about(
  path: string,
  messages: readonly Entry[],
  file: string,
): Pick<Edit, "observation" | "observation_ref"> {
  const bare = (name: string): string => name.replaceAll("\\", "/").replace(/^\.\//, "");
  const said = messages.filter(({ text }, index) => {
    const subject =
      /^(?:Applied edit to|Did not apply edit to|Skipping edits to) (.+?)(?: \(--dry-run\))?$/.exec(
        text,
      )?.[1];
    if (subject !== undefined) return bare(subject) === bare(path);
    return /^(?:Create new file|Allow )/.test(text) && bare(messages[index - 1]?.text ?? "") === bare(path);
  });
  return observed(said, file);
}

/** The last edit of a reply also gets what is said of all of them: the commit, the linter's findings. */
function withRest(edits: Edit[], messages: readonly Entry[], file: string): Edit[] {
  const last = edits.at(-1);
  if (!last) return edits;
  const rest = messages.filter(
    ({ text }) => text !== "" && !TAKEN_UP.test(text) && !edits.some(({ args }) => args.path === text),
  );
  const more = observed(rest, file);
  if (more.observation === null || more.observation_ref === null) return edits;
  last.observation =
    last.observation === null ? more.observation : `${last.observation}\n${more.observation}`;
  last.observation_ref =
    last.observation_ref === null
      ? more.observation_ref
      : spanning(last.observation_ref, more.observation_ref);
  return edits;
}

function observed(entries: readonly Entry[], file: string): Pick<Edit, "observation" | "observation_ref"> {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return { observation: null, observation_ref: null };
  return {
    observation: entries.map(({ text }) => text).join("\n"),
    observation_ref: spanning(refTo(first, file), refTo(last, file)),
  };
}

function spanning(a: Ref, b: Ref): Ref {
  return {
    path: a.path,
    line_start: Math.min(a.line_start, b.line_start),
    line_end: Math.max(a.line_end, b.line_end),
  };
}

/** Where a message of Aider stands. */
export function refTo({ line_start, line_end }: Entry, path: string): Ref {
  return { path, line_start, line_end };
}

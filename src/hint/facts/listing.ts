import { isTouched } from "../attempt-state.ts";
import { code, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";

const WORTH = 0.5;
const NAMED_BY_TASK = 0.15;
const ENTRIES_MOST = 8;
/** A folder of more entries is told of only by those that the task names. */
const SMALL_FOLDER = 12;
const LISTINGS_MOST = 2;

/** One entry of a folder. `size` as printed; null = not shown. */
export interface Entry {
  name: string;
  size: string;
  isFolder: boolean;
  step_id: number;
  line: string;
}

/** A folder as it was before the attempt changed it. */
export interface Listing {
  /** As it was asked for; null = the working directory, whose name was not printed. */
  folder: string | null;
  entries: readonly Entry[];
}

const LONG =
  /^([-dlbcps])[rwxsStT-]{9}[.+@]?\s+\d+\s+\S+\s+\S+\s+([\d.,]+[KMGT]?)\s+\w{3}\s+\d{1,2}\s+[\d:]{4,5}\s+(.+)$/;
const LISTS =
  /^(?:cd (\/[\w./-]*) && )?(?:ls|ll|dir)\b(?:\s+-\w+)*(?:\s+(?!-)([^\s;&|<>*]+))?\s*(?:&&\s*pwd\s*)?$/;

/** What the first listings of folders show, before anything was made there. */
export const listing: Miner = (source) => {
  const [first, ...others] = listingsOf(source).filter((one) => one.entries.length > 0);
  const named = others.filter((one) => one.entries.some((entry) => source.relevance(entry.name) > 0));
  return [...(first ? [first] : []), ...named]
    .slice(0, LISTINGS_MOST)
    .flatMap((one) => factOf(one, source) ?? []);
};

/** The plain `ls` of each folder while its content is that of the initial environment. */
export function listingsOf(source: FactSource): Listing[] {
  return source.segments.flatMap((segment) => {
    const state = source.stateBefore(segment.step.step_id);
    const match = LISTS.exec(segment.command);
    if (!match || state.opaque) return [];
    const printed = segment.lines.find((line) => /^\/[\w./-]*$/.test(line.trim()))?.trim();
    const folder = folderOf(match[1], match[2]) ?? printed ?? null;
    if (folder !== null && isTouched(folder, state)) return [];
    if (!folder?.startsWith("/") && hasMoved(source, segment.step.step_id)) return [];
    const entries = entriesOf(segment).filter((one) => !isTouched(one.name, state));
    return [{ folder, entries }];
  });
}

function folderOf(moved: string | undefined, asked: string | undefined): string | undefined {
  if (moved === undefined || asked?.startsWith("/")) return asked ?? moved;
  return asked === undefined || asked === "." ? moved : `${moved.replace(/\/$/, "")}/${asked}`;
}

/** Whether a relative path may mean another place than at the start. */
function hasMoved({ steps }: FactSource, stepId: number): boolean {
  return steps.slice(0, stepId - 1).some((step) => /\b(?:cd|pushd)\s/.test(step.action));
}

function factOf({ folder, entries }: Listing, source: FactSource): Fact | null {
  const named = entries.filter((one) => source.relevance(one.name) > 0);
  const shown = (entries.length <= SMALL_FOLDER ? entries : named).slice(0, ENTRIES_MOST);
  const [only] = entries;
  if (shown.length === 0 || !only) return null;
  const more = entries.length - shown.length;
  const where = folder === null ? "the working directory" : code(folder);
  const text =
    only.name === folder
      ? `There at the start: ${words(only)}.`
      : `At the start ${where} holds ${shown.map(words).join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
  const evidence = shown.map(({ step_id, line }) => seen(step_id, line));
  return { text, evidence, worth: WORTH + (named.length > 0 ? NAMED_BY_TASK : 0) };
}

function entriesOf({ lines, step_id }: Segment): Entry[] {
  return lines.flatMap((line) => {
    const match = LONG.exec(line.trim());
    const name = match?.[3]?.trim();
    if (name === undefined || name === "." || name === ".." || name === ".git") return [];
    return [{ name, size: match?.[2] ?? "", isFolder: match?.[1] === "d", step_id, line: line.trim() }];
  });
}

function words({ name, size, isFolder }: Entry): string {
  if (isFolder) return `${code(name)} (folder)`;
  return `${code(name)} (${size}${/\d$/.test(size) ? " bytes" : ""})`;
}

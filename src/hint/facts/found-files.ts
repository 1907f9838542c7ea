import { isTouched } from "../attempt-state.ts";
import { code, codeList, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";

const WORTH = 0.42;
const RELEVANT = 0.3;
const FACTS_MOST = 3;
const PATHS_MOST = 6;
const PATHS_TOLD_MOST = 8;
const COMMAND_CHARS = 100;

const SEARCHES = /^(?:cd \S+ && )?(?:find\b|grep\s+(?:-\w*\s+)*-\w*l\w*|rg -l|git ls-files|fd\b)/;
const PATH = /^(?:\.{0,2}\/)?[\w@.+-]+(?:\/[\w@.+-]+)+$/;
/** What lies outside the task's folders is mostly there by chance. */
const EVERYWHERE = /^find \/ /;
const HEADS = /^Found \d+ (?:files?|match)/i;

/** Searches that came to a few files: which those are. */
export const foundFiles: Miner = (source) =>
  source.segments
    .flatMap((segment) => foundBy(segment, source) ?? [])
    .sort((a, b) => b.worth - a.worth)
    .slice(0, FACTS_MOST);

function foundBy(segment: Segment, source: FactSource): Fact | null {
  const { step, step_id, command, lines } = segment;
  const state = source.stateBefore(step.step_id);
  const what = searchOf(segment);
  const shown = lines.map((line) => line.trim()).filter((line) => !HEADS.test(line));
  if (what === null || step.failed || state.rewound || shown.length === 0 || shown.length > PATHS_TOLD_MOST)
    return null;
  if (!shown.every((line) => PATH.test(line))) return null;
  if (EVERYWHERE.test(command) && source.relevance(shown.join(" ")) === 0) return null;
  const paths = shown.filter((line) => !isTouched(line, state));
  if (paths.length === 0) return null;
  return {
    text: `${what} finds ${codeList(paths, PATHS_MOST)}.`,
    evidence: paths.slice(0, PATHS_MOST).map((line) => seen(step_id, line)),
    worth: WORTH + RELEVANT * source.relevance(`${command} ${paths.join(" ")}`),
  };
}

/** The search in words: a command as it stands, a tool's by its pattern. null = no search. */
function searchOf({ step, command }: Segment): string | null {
  const pattern = step.arguments?.pattern;
  if (typeof pattern === "string" && step.tool !== undefined && command.startsWith(`${step.tool} {`))
    return `A search for ${code(pattern, COMMAND_CHARS)}`;
  return SEARCHES.test(command) && !step.action.trim().includes("\n") ? code(command, COMMAND_CHARS) : null;
}

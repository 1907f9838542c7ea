import { isTouched } from "../attempt-state.ts";
import { code, seen } from "../quoting.ts";
import type { Miner } from "./fact.ts";

const WORTH = 0.45;
const RELEVANT = 0.3;
const FILES_MOST = 4;
const LINE_CHARS = 140;
const READS = /^(?:head|cat|less|more|zcat)\b(?![^|]*<<)/;
const DATA_FILE = /\.(?:csv|tsv|jsonl?|txt|ya?ml|toml|ini|cfg|conf|xml|fasta|fa|pdb|dat|lock|env)$/i;

/** How data files begin that the attempt read as they were. */
export const dataHeads: Miner = (source) => {
  const told = new Set<string>();
  const facts = source.segments.flatMap(({ command, lines, step, step_id }) => {
    const [path, ...others] = step.touches.reads ?? [];
    const state = source.stateBefore(step.step_id);
    const isRead = READS.test(command) || (step.tool !== undefined && /^(?:read|view|open)/i.test(step.tool));
    if (!isRead || path === undefined || others.length > 0 || told.has(path) || step.failed) return [];
    if (!DATA_FILE.test(path) || state.opaque || isTouched(path, state)) return [];
    const line = lines[0]?.replace(/^\s*\d+[→\t]\s?/, "").trim() ?? "";
    if (line.length < 4 || /No such file|Permission denied/.test(line)) return [];
    told.add(path);
    const worth = WORTH + RELEVANT * source.relevance(path);
    return [
      { text: `${code(path)} begins ${code(line, LINE_CHARS)}.`, evidence: [seen(step_id, line)], worth },
    ];
  });
  return facts.sort((a, b) => b.worth - a.worth).slice(0, FILES_MOST);
};

import { namesTouched } from "../attempt-state.ts";
import { code, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";

const WORTH = 0.4;
const RELEVANT = 0.35;
const LOOKS_INTO_DATA = 0.1;
const PROBES_MOST = 8;
const COMMAND_CHARS = 110;
const LINE_CHARS = 140;

/** Says nothing of the environment, or is told of by another fact. */
const PLAIN =
  /^:|^(?:cd|pwd|ls|ll|echo|printf|sleep|export|source|which|type|command|clear|date|whoami|hostname|true|set|cat\s+>|:|ps|kill|jobs|env|history|tree|cat|head|zcat|man|help|uname|nproc)\b|--version\b|\s-[vV]$|<<|\becho\b/;
const DATA =
  /^(?:file|wc|stat|md5sum|sha256sum|du|sqlite3|jq|git (?:log|branch|status|remote|tag|rev-parse)|grep -c|identify|ffprobe|objdump|readelf|nm|hexdump|xxd|od)\b/;
/** Other facts tell better where something stands. */
const SEARCHES = /^(?:cd \S+ && )?(?:grep|rg|find)\b/;
const SEARCH_SHARE = 0.7;
const SAYS_NOTHING =
  /^(?:total \d+|done|ok|true|false|none|null|\d{1,2}|-+|\W+)$|not found|no such file|error|traceback|warning|permission denied|usage:|cannot|can't|unable|fatal|timed out|\[REDACTED/i;

/** Short looks that printed one or two lines: what they showed of the initial environment. */
export const probes: Miner = (source) => {
  const told = new Set<string>();
  const facts = source.segments.flatMap((segment) => {
    const fact = probeOf(segment, source);
    const shown = fact?.evidence.map((one) => one.quote).join("\n") ?? "";
    if (!fact || told.has(shown)) return [];
    told.add(shown);
    return [fact];
  });
  return facts.sort((a, b) => b.worth - a.worth).slice(0, PROBES_MOST);
};

function probeOf(segment: Segment, source: FactSource): Fact | null {
  const { command, lines, step, step_id } = segment;
  const state = source.stateBefore(step.step_id);
  if (step.kind !== "explore" || step.failed || state.opaque || step.action.trim().includes("\n"))
    return null;
  if (
    command.length > COMMAND_CHARS ||
    PLAIN.test(command) ||
    step.touches.tests ||
    namesTouched(command, state)
  )
    return null;
  if (!isShellCommand(segment)) return null;
  const shown = lines.map((line) => line.trim()).filter((line) => line.length > 0);
  const first = shown[0];
  if (first === undefined || shown.length > 2 || first.length > LINE_CHARS) return null;
  if (shown.some((line) => namesTouched(line, state))) return null;
  if (shown.some((line) => SAYS_NOTHING.test(line)) || shown.every((line) => line.length < 3)) return null;
  const relevance = RELEVANT * source.relevance(`${command} ${first}`);
  const worth =
    (WORTH + relevance + (DATA.test(command) ? LOOKS_INTO_DATA : 0)) *
    (SEARCHES.test(command) ? SEARCH_SHARE : 1);
  return {
    text: `${code(command)} prints ${shown.map((line) => code(line)).join(" and ")}.`,
    evidence: shown.map((line) => seen(step_id, line)),
    worth,
  };
}

function isShellCommand({ step, command }: Segment): boolean {
  return !(step.tool !== undefined && command.startsWith(`${step.tool} {`));
}

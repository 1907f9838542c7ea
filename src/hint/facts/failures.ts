import { namesTouchedFile } from "../attempt-state.ts";
import { code, done, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import { errorIn } from "./error-line.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";
import { NAMES_MISSING } from "./missing.ts";
import { WENT_THROUGH } from "./network.ts";

const REMEDY_WORTH = 0.8;
const DEAD_END_WORTH = 0.55;
const RELEVANT = 0.15;
const COMMAND_CHARS = 110;
const FACTS_MOST = 4;
const REACH_STEPS = 15;
const HAS_SUBCOMMANDS = /^(?:pip3?|apt|apt-get|npm|yarn|git|cargo|go|docker|conda|uv|gh|brew)$/;
const ALIKE_SHARE = 0.5;

/** Scripts fail for their own reasons, and a look at a file that is not there says little. */
const SAYS_LITTLE =
  /^(?:python3?|node|bash|sh|perl|ruby|ls|cat|head|tail|less|find|grep|sed|awk|which|command|type|test|stat|file|wc|diff|echo|cd|source|\.|export|kill|pkill|ps|xxd|od|strings|chmod|cp|mv|rm|mkdir|for|while|if)$/;

/** Commands that fail in this environment, with what went through instead where the attempt found it. */
export const failures: Miner = (source) => {
  const told = new Set<string>();
  const facts = source.segments.flatMap((segment, index) => {
    const fact = failureAt(segment, index, source);
    const key = fact?.evidence[0]?.quote.replace(/\d+/g, "0");
    if (!fact || key === undefined || told.has(key)) return [];
    told.add(key);
    return [fact];
  });
  return facts.sort((a, b) => b.worth - a.worth).slice(0, FACTS_MOST);
};

function failureAt(segment: Segment, index: number, source: FactSource): Fact | null {
  const { step, command, lines, step_id } = segment;
  const state = source.stateBefore(step.step_id);
  const error = errorIn(lines, step.failed);
  if (error === null || !isTools(segment, error)) return null;
  if (namesTouchedFile(command, state) || namesTouchedFile(error, state)) return null;
  if (!step.failed && lines.some((line) => WENT_THROUGH.test(line.trim()))) return null;
  const remedy = remedyOf(segment, index, source);
  const quote = remedy ? done(remedy.step) : null;
  if (quote === null && NAMES_MISSING.test(error)) return null;
  const then = remedy && quote ? `; later ${code(remedy.command, COMMAND_CHARS)} went through` : "";
  return {
    text: `${code(command, COMMAND_CHARS)} fails: ${code(error)}${then}.`,
    evidence: [seen(step_id, error), ...(quote ? [quote] : [])],
    worth: (quote ? REMEDY_WORTH : DEAD_END_WORTH) + RELEVANT * source.relevance(`${command} ${error}`),
  };
}

/** A failure of a tool says something of the environment; one of a script of the attempt's own does not. */
function isTools({ step, command }: Segment, error: string): boolean {
  const program = headOf(command);
  if (program === null || SAYS_LITTLE.test(program) || step.action.trim().includes("\n")) return false;
  if (step.tool !== undefined && command.startsWith(`${step.tool} {`)) return false;
  const speaker = /^(?:\/\S*\/)?([\w.+-]+): /.exec(error)?.[1];
  const isOthers =
    speaker !== undefined && SAYS_LITTLE.test(speaker) && speaker !== "bash" && speaker !== "sh";
  return !isOthers && (step.failed || typeof step.exit_code !== "number");
}

/** A later command of the same program, for the most part the same, that went through. */
function remedyOf(failed: Segment, index: number, { segments }: FactSource): Segment | null {
  const words = wordsOf(failed.command);
  const isRemedy = (one: Segment): boolean =>
    one.step.step_id - failed.step.step_id <= REACH_STEPS &&
    headOf(one.command) === headOf(failed.command) &&
    one.command !== failed.command &&
    !one.step.failed &&
    !one.step.action.trim().includes("\n") &&
    one.lines.length > 0 &&
    errorIn(one.lines) === null &&
    alike(words, wordsOf(one.command));
  return segments.slice(index + 1).find(isRemedy) ?? null;
}

/** The words of a command without its program and what only cuts its output. */
function wordsOf(command: string): Set<string> {
  const bare = bareCommand(command).replace(/\s*(?:2>&1|\|\s*(?:head|tail)\b).*$/, "");
  const [program = "", ...words] = bare.split(/\s+/);
  return new Set(HAS_SUBCOMMANDS.test(program) ? words.slice(1) : words);
}

function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared > 0 && shared >= ALIKE_SHARE * Math.max(one.size, other.size);
}

/** The program that a command is about; null = it cannot be told. */
function headOf(command: string): string | null {
  return /^([\w./+-]+)/.exec(bareCommand(command))?.[1] ?? null;
}

/** Without what goes before the program: `cd … &&`, variables, `sudo`. */
function bareCommand(command: string): string {
  return command
    .replace(/^(?:cd\s+\S+\s*&&\s*)+/, "")
    .replace(/^(?:[A-Z_]+=\S+\s+)+/, "")
    .replace(/^(?:sudo|time|timeout \S+)\s+/, "");
}

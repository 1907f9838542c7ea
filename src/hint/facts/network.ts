import type { Evidence } from "../../trajectory/label.ts";
import { code, done, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Fact, Miner } from "./fact.ts";

const NO_NETWORK_WORTH = 0.93;
const REFUSED_WORTH = 0.7;
const WENT_THROUGH_WORTH = 0.68;
const COMMAND_CHARS = 100;
const COMMANDS_MOST = 4;

const UNREACHABLE =
  /Could not resolve host|Temporary failure (?:in name resolution|resolving)|Name or service not known|Network is unreachable|No route to host|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|NameResolutionError|nodename nor servname/i;
const REFUSED =
  /^HTTP\/[\d.]+ [45]\d\d\b|\b(?:HTTP (?:request sent.*|Error|error:?)? ?(?:40[134]|429|50\d)|(?:ERROR|error) (?:40[134]|429|50\d)\b|returned error: \d{3}|Connection refused|Connection timed out|SSL certificate problem|certificate verify failed)/;
/** What installers and fetchers say when they are done. */
export const WENT_THROUGH =
  /^(?:Successfully installed \S|Setting up \S+ \(|Cloning into '|.*100%.*(?:done|saved|MB\/s|kB\/s)|.*‘.*’ saved \[|added \d+ packages|\+ [\w@/.-]+==?\S+)|(?:Receiving objects|Updating files): 100%/;

/** Whether the network can be reached, and what could be installed or fetched: that is not there now and can be done again. */
export const network: Miner = ({ segments }) => {
  const facts: Fact[] = [];
  const hosts = new Set<string>();
  for (const segment of segments) {
    const line = segment.lines.find((one) => UNREACHABLE.test(one) || REFUSED.test(one))?.trim();
    if (line === undefined || !reaches(segment)) continue;
    const key = line.replace(/\d+/g, "0");
    if (hosts.has(key)) continue;
    hosts.add(key);
    facts.push(unreachable(segment, line));
  }
  const fetched = wentThrough(segments);
  return [...facts.slice(0, 3), ...fetched];
};

function reaches({ step, command }: Segment): boolean {
  const { network: hosts, packages, git } = step.touches;
  return (
    hosts !== undefined ||
    packages !== undefined ||
    git !== undefined ||
    /\b(?:curl|wget|pip|npm|apt|requests|urllib|http)/.test(command)
  );
}

function unreachable({ command, step_id }: Segment, line: string): Fact {
  const isOff = UNREACHABLE.test(line) && !/localhost|127\.0\.0\.1/.test(line);
  return {
    text: `${code(command, COMMAND_CHARS)} cannot ${isOff ? "reach its host" : "fetch what it asks for"}: ${code(line)}.`,
    evidence: [seen(step_id, line)],
    worth: isOff ? NO_NETWORK_WORTH : REFUSED_WORTH,
  };
}

function wentThrough(segments: readonly Segment[]): Fact[] {
  const found = new Map<string, Evidence[]>();
  for (const segment of segments) {
    const { command, step, step_id } = segment;
    const named = step.touches.packages?.some((one) => /^@?[A-Za-z]/.test(one)) === true;
    const installs = named || /\b(?:https?|ftp):\/\/|\bgit@/.test(command);
    const line = segment.lines.findLast((one) => WENT_THROUGH.test(one.trim()))?.trim();
    const action = done(step);
    if (!installs || step.failed || line === undefined || action === null || command.length < 6) continue;
    if (!found.has(command)) found.set(command, [action, seen(step_id, line)]);
  }
  if (found.size === 0) return [];
  const shown = [...found].slice(-COMMANDS_MOST);
  const commands = shown.map(([command]) => code(command, COMMAND_CHARS)).join(", ");
  return [
    {
      text: `The network can be reached: ${commands} went through. Nothing of it is there now; run again what you need.`,
      evidence: shown.flatMap(([, quotes]) => quotes),
      worth: WENT_THROUGH_WORTH,
    },
  ];
}

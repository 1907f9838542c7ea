import type { Evidence } from "../../trajectory/label.ts";
import { code, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Miner } from "./fact.ts";

const WORTH = 0.5;
const TOOLS_MOST = 6;
const LINE_CHARS = 90;

const ASKS_VERSION =
  /(?:^|[;&|(]\s*)(?:[\w./+-]+ (?:--version|-version|-V|version)|(?:node|npm|nginx|ruby|php) -v)(?:\s+2>&1)?\s*(?=$|[;&|)])/;
const ASKS_PLACE = /(?:^|[\s;&|(])(?:which|command -v|type -[pP]) /;
const ASKS_SYSTEM = /\/etc\/(?:os-release|debian_version)|\buname -|\bnproc\b|\blsb_release\b/;
const VERSION = /\b[vV]?\d+\.\d+|^\d+$/;
const SYSTEM_LINE = /^(?:PRETTY_NAME=|Linux \S|\d{1,3}$|Description:)/;
const NOT_THERE = /not found|no .{1,40} in \(|error|usage|unrecognized|invalid/i;

/** Versions and places of tools, as the attempt saw them before it installed any. */
export const toolsThere: Miner = ({ segments, stateBefore }) => {
  const found = new Map<string, Evidence>();
  for (const segment of segments) {
    if (stateBefore(segment.step.step_id).installed || segment.step.touches.packages) continue;
    for (const line of linesOf(segment)) if (!found.has(line)) found.set(line, seen(segment.step_id, line));
  }
  if (found.size === 0) return [];
  const shown = [...found].slice(0, TOOLS_MOST);
  const lines = shown.map(([line]) => code(line, LINE_CHARS));
  return [
    {
      text: `There at the start: ${lines.join("; ")}.`,
      evidence: shown.map(([, quote]) => quote),
      worth: WORTH,
    },
  ];
};

function linesOf({ command, lines }: Segment): string[] {
  const near = lines.map((line) => line.trim()).filter((line) => line.length <= 200 && !NOT_THERE.test(line));
  const versions = ASKS_VERSION.test(command) ? near.filter((line) => VERSION.test(line)).slice(0, 3) : [];
  const places = ASKS_PLACE.test(command) ? near.filter((line) => /^\/[\w./+-]+$/.test(line)) : [];
  const system = ASKS_SYSTEM.test(command) ? near.filter((line) => SYSTEM_LINE.test(line)).slice(0, 2) : [];
  return [...versions, ...places, ...system.map((line) => line)].filter((line) => line.length > 2);
}

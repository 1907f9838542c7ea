import type { Evidence } from "../../trajectory/label.ts";
import { namesTouched } from "../attempt-state.ts";
import { code, codeList, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";

const WORTH = 0.85;
const AFTER_CHANGES = 0.65;
const COMMAND_CHARS = 140;
const NAMES_MOST = 5;

const SUMMARY =
  /^=* ?(?:\d+ (?:failed|passed|errors?|skipped|xfailed|warnings?),? ?)+.*\bin [\d.]+s|^Ran \d+ tests? in|^(?:FAILED|OK) ?(?:\(|$)|^test result: |^Tests?:\s+\d+|^\s*\d+ (?:passing|failing)\b|^\d+% tests passed|^(?:ok|FAIL)\s+[\w./-]+\s+(?:\(cached\)|[\d.]+s)|\b\d+ (?:passed|failed)\b/;
const FAILING =
  /^(?:FAILED|ERROR) ([\w./-]+::[\w.:[\]-]+)|^(?:FAIL|ERROR): (\w+ \([\w.]+\))|^\s*--- FAIL: (\w+)|^test ([\w:]+) \.\.\. FAILED|^\s*(?:✕|✗|×) (.{3,80})$/;

/** Which command runs the tests, and what it showed of them. */
export const testsRun: Miner = (source) => {
  const facts = source.segments.flatMap((segment) => runOf(segment, source) ?? []);
  const [first, ...others] = facts;
  const last = others.at(-1);
  return first ? [first, ...(last && last.worth > first.worth ? [last] : [])] : [];
};

function runOf(segment: Segment, source: FactSource): Fact | null {
  const { command, lines, step, step_id } = segment;
  const state = source.stateBefore(step.step_id);
  if (!step.touches.tests || namesTouched(command, state) || step.action.includes("<<")) return null;
  const summary = lines.findLast((line) => SUMMARY.test(line.trim()))?.trim();
  if (summary === undefined) return null;
  const failing = failingOf(segment);
  const names =
    failing.length > 0
      ? `; failing: ${codeList(
          failing.map((one) => one.name),
          NAMES_MOST,
        )}`
      : "";
  const when = state.changed ? ", after changes of the earlier attempt" : "";
  const quotes = failing.slice(0, NAMES_MOST).map((one) => one.quote);
  return {
    text: `${code(command, COMMAND_CHARS)} runs tests${when}: ${code(summary)}${names}.`,
    evidence: [seen(step_id, summary), ...quotes],
    worth: state.changed ? AFTER_CHANGES : WORTH,
  };
}

function failingOf({ lines, step_id }: Segment): { name: string; quote: Evidence }[] {
  const found = new Map<string, Evidence>();
  for (const line of lines) {
    const name = FAILING.exec(line)
      ?.slice(1)
      .find((one) => one !== undefined);
    if (name !== undefined && !found.has(name)) found.set(name, seen(step_id, line.trim()));
  }
  return [...found].map(([name, quote]) => ({ name, quote }));
}

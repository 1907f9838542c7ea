import { isTouched } from "../attempt-state.ts";
import { code, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";

const WORTH = 0.78;
const FACTS_MOST = 2;
const FRAME = /^\s*File "(\/[^"]+\.py)", line (\d+), in (\S+)/;
const RAISED = /^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Warning)\b: ./;
const NOT_THE_TASKS = /\/(?:site-packages|dist-packages|lib\/python[\d.]*|_pytest)\//;
const PLAIN_MISTAKES = /^(?:ModuleNotFound|Import|Syntax|Indentation|Name|FileNotFound)Error\b/;

/** Where in code that the attempt had not changed a Python program fails, and with what. */
export const tracebacks: Miner = (source) => {
  const told = new Set<string>();
  const facts = source.segments.flatMap((segment) => {
    const fact = raisedIn(segment, source);
    if (!fact || told.has(fact.text)) return [];
    told.add(fact.text);
    return [fact];
  });
  return facts.slice(0, FACTS_MOST);
};

function raisedIn({ lines, step, step_id }: Segment, { stateBefore }: FactSource): Fact | null {
  const state = stateBefore(step.step_id);
  const raised = lines.findLast((line) => RAISED.test(line))?.trim();
  if (raised === undefined || PLAIN_MISTAKES.test(raised)) return null;
  const line = lines.findLast((one) => {
    const path = FRAME.exec(one)?.[1];
    return path !== undefined && !NOT_THE_TASKS.test(path) && !isTouched(path, state);
  });
  const [, path, at, name] = FRAME.exec(line ?? "") ?? [];
  if (line === undefined || path === undefined) return null;
  return {
    text: `The code that runs is in ${code(`${path}:${at}`)} (${code(name ?? "")}), where it raises ${code(raised)}.`,
    evidence: [seen(step_id, line.trim()), seen(step_id, raised)],
    worth: WORTH,
  };
}

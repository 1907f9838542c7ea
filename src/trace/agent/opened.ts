import type { IndexedStep } from "../../trajectory/step.ts";
import { unescapeJson } from "../../util/unescape-json.ts";
import { visibleText } from "../views/plain-text.ts";
import { headersIn } from "../views/step-header.ts";
import { FIELD_CHARS } from "./agent-folder.ts";
import { type LineIndex, lineIndex } from "./line-index.ts";

const ACTION_PROOF_CHARS = 16;
/** How far from its number, in either direction, a step's action may stand in JSON. */
const JSON_REACH_CHARS = 4000;

/** Which steps a model has really looked at in this session. */
export interface Opened {
  /** The steps that this output of a command shows, ascending; those that it opens for the first time are remembered as well. */
  see(output: string): number[];
  has(stepId: number): boolean;
  /** All that were opened, ascending. */
  ids(): number[];
}

/**
 * Tells from the raw outputs of commands which steps were opened, whichever way: by the true token of a step's view; by a stretch of words that stands in
 * that step alone; by its number beside its action in JSON. `hidden` is what the model was given for nothing (tree, leads, task): words of it prove nothing,
 * nor does a bare step number.
 */
export function createOpened(
  steps: readonly IndexedStep[],
  { nonce, hidden }: { nonce: string; hidden: readonly string[] },
): Opened {
  const opened = new Set<number>();
  let index: LineIndex | undefined;
  const wordsOf = (output: string): number[] => {
    index ??= lineIndex(steps.map(sourceOf), [...hidden, ...steps.flatMap(toldElsewhere)].map(visibleText));
    return index.sourcesIn(output);
  };
  return {
    see: (output) => {
      const visible = visibleText(output);
      const variants = output.includes("\\") ? [visible, visibleText(unescapeJson(output))] : [visible];
      const shown = new Set([...headersIn(visible, nonce), ...recordsIn(visible, steps)]);
      for (const variant of variants) for (const id of wordsOf(variant)) shown.add(id);
      const known = [...shown].filter((id) => steps[id - 1]?.step_id === id).sort((a, b) => a - b);
      for (const id of known) opened.add(id);
      return known;
    },
    has: (stepId) => opened.has(stepId),
    ids: () => [...opened].sort((a, b) => a - b),
  };
}

function sourceOf(step: IndexedStep): { id: number; texts: string[] } {
  const fields = [step.thinking ?? "", step.action, step.observation ?? ""];
  return { id: step.step_id, texts: fields.flatMap((field) => shownEnds(field).map(visibleText)) };
}

/** What `tree.md` and `later` tell of a step without showing it. */
function toldElsewhere({ name, touches }: IndexedStep): string[] {
  return [name, ...Object.values(touches).flatMap((texts) => texts ?? [])];
}

/** What of a field the agent's folder holds. */
function shownEnds(text: string): string[] {
  return text.length <= FIELD_CHARS ? [text] : [text.slice(0, FIELD_CHARS), text.slice(-FIELD_CHARS)];
}

/** Steps whose number and action stand together as JSON, as `jq` and `sed` print them. */
function recordsIn(output: string, steps: readonly IndexedStep[]): number[] {
  return [...output.matchAll(/"step_id"\s*:\s*(\d{1,7})\b/g)].flatMap((match) => {
    const step = steps[Number(match[1]) - 1];
    if (!step) return [];
    const from = Math.max(0, match.index - JSON_REACH_CHARS);
    return hasAction(output.slice(from, match.index + JSON_REACH_CHARS), step) ? [step.step_id] : [];
  });
}

function hasAction(text: string, step: IndexedStep): boolean {
  const value = JSON.stringify(step.action);
  const start = value.length <= ACTION_PROOF_CHARS ? value : value.slice(0, ACTION_PROOF_CHARS);
  return text.includes(`"action":${start}`) || text.includes(`"action": ${start}`);
}

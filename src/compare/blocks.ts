import { actionText } from "../report/action-text.ts";
import { outcomeWords, placeOf, plural } from "../report/words.ts";
import { type IndexedStep, SURE_CONFIDENCE } from "../trajectory/index.ts";
import type { TracedWorkspace } from "../workspace/workspace.ts";
import { foldRows } from "./fold-rows.ts";
import type { Comparison, DivergenceSide, Ending, Knowledge } from "./types.ts";

/** A piece of the printed comparison. Texts are as in the runs: whoever prints makes them safe. */
export type Block =
  | { kind: "heading"; text: string }
  | { kind: "field"; name: string; text: string }
  | { kind: "quote"; place: string; text: string }
  /** What either run did there, side by side; `mark` is `=` same, `~` alike, `<` only A, `>` only B. */
  | { kind: "row"; mark: string; a: string; b: string };

const ACTION_CHARS = 600;
const THINKING_CHARS = 500;
const PATHS_SHOWN = 12;
/** Tasks with fewer words in common are likely not the same. */
const SAME_TASK = 0.5;

/** The comparison in the order it is read. `isFull` lists every step; otherwise stretches of same steps are folded. */
export function blocksOf(
  comparison: Comparison,
  a: TracedWorkspace,
  b: TracedWorkspace,
  isFull: boolean,
): Block[] {
  return [
    { kind: "field", name: "A", text: comparison.run_a },
    { kind: "field", name: "B", text: comparison.run_b },
    { kind: "field", name: "Task", text: taskWords(comparison.task_similarity) },
    { kind: "field", name: "Alike", text: alikeWords(comparison, a, b) },
    ...divergenceBlocks(comparison, a, b),
    { kind: "heading", text: "Where they end" },
    ...endBlocks("A", comparison.end_a, a),
    ...endBlocks("B", comparison.end_b, b),
    ...(comparison.changed_by_both.length > 0
      ? [field("Both changed", paths(comparison.changed_by_both))]
      : []),
    { kind: "heading", text: "Step by step" },
    ...foldRows(comparison.rows, a.steps, b.steps, isFull),
  ];
}

function field(name: string, text: string): Block {
  return { kind: "field", name, text };
}

function taskWords(similarity: number | null): string {
  if (similarity === null) return "not recorded in both runs: whether it is one task is not known";
  if (similarity === 1) return "the same words in both runs";
  const share = `${Math.round(similarity * 100)} % of the words are in both`;
  return similarity >= SAME_TASK ? `alike: ${share}` : `only ${share}: these may be different tasks`;
}

function alikeWords({ rows, same_share }: Comparison, a: TracedWorkspace, b: TracedWorkspace): string {
  const count = (relation: string): number => rows.filter((row) => row.relation === relation).length;
  return `${plural(count("same"), "step")} the same and ${count("alike")} alike, of ${a.steps.length} and ${b.steps.length} (${Math.round(same_share * 100)} % the same)`;
}

function divergenceBlocks(
  { divergence, first_difference }: Comparison,
  a: TracedWorkspace,
  b: TracedWorkspace,
): Block[] {
  if (divergence === null) {
    const text =
      first_difference === null
        ? "Nowhere: both did the same, step by step."
        : `Not in what they changed. What they looked at differs from ${places(first_difference.a_step_id, first_difference.b_step_id)} on.`;
    return [{ kind: "heading", text: "Where they part" }, field("", text)];
  }
  const { last_same } = divergence;
  const after =
    last_same === null
      ? "at the beginning"
      : `after ${places(last_same.a_step_id, last_same.b_step_id)}, the last that is the same`;
  return [
    { kind: "heading", text: "Where they part" },
    field("", `The first change that they do not share comes ${after}.`),
    ...sideBlocks("A", divergence.a, a.steps),
    ...sideBlocks("B", divergence.b, b.steps),
    { kind: "heading", text: "What each knew then" },
    ...knowledgeBlocks("A", divergence.a.knew),
    ...knowledgeBlocks("B", divergence.b.knew),
  ];
}

function places(a: number | null, b: number | null): string {
  return [a === null ? [] : [`step ${a} of A`], b === null ? [] : [`step ${b} of B`]].flat().join(" and ");
}

function sideBlocks(name: string, { step_id }: DivergenceSide, steps: readonly IndexedStep[]): Block[] {
  const step = step_id === null ? undefined : steps[step_id - 1];
  if (!step) return [field(name, "makes no change that the other does not make")];
  const quotes: Block[] = [
    {
      kind: "quote",
      place: `${name}, step ${step.step_id}, action`,
      text: actionText(step).trim().slice(0, ACTION_CHARS),
    },
  ];
  const thought = step.thinking?.trim();
  if (thought)
    quotes.push({
      kind: "quote",
      place: `${name}, step ${step.step_id}, thinking`,
      text: lastSentences(thought),
    });
  return [
    field(name, `step ${step.step_id} of ${steps.length}: ${step.name}${step.failed ? ", which fails" : ""}`),
    ...quotes,
  ];
}

/** What stands right before the action decides it: the end of a long thought, from the beginning of a sentence where there is one. */
function lastSentences(thought: string): string {
  if (thought.length <= THINKING_CHARS) return thought;
  const tail = thought.slice(-THINKING_CHARS);
  const start = /[.!?:]\s+|\n+/.exec(tail);
  return start ? tail.slice(start.index + start[0].length) : tail;
}

function knowledgeBlocks(name: string, knew: Knowledge): Block[] {
  const tests = knew.tests.map(
    ({ runner, step_id, failed }) => `${runner} ${failed ? "failed" : "did not fail"} (step ${step_id})`,
  );
  return [
    field(
      name,
      knew.read.length === 0
        ? "had read nothing that the other had not"
        : `alone had read ${paths(knew.read)}`,
    ),
    ...(tests.length > 0 ? [field("", `tests: ${tests.join(", ")}`)] : []),
    ...knew.failures.map(
      ({ step_id, name: what, evidence }): Block =>
        evidence === null
          ? field("", `failed: step ${step_id}, ${what}`)
          : { kind: "quote", place: `${name}, ${placeOf(evidence)}`, text: evidence.quote },
    ),
  ];
}

function endBlocks(name: string, end: Ending, { diagnosis }: TracedWorkspace): Block[] {
  const onset = diagnosis.labels.find((label) => label.step_id === end.onset_step_id);
  const blocks = [field(name, `${outcomeWords(end.outcome)}, after ${plural(end.step_count, "step")}`)];
  if (onset) {
    const isSure = onset.confidence >= SURE_CONFIDENCE;
    blocks.push(
      field(
        "",
        `${isSure ? "went wrong at" : "most suspicious is"} step ${onset.step_id}: ${onset.reasoning}`,
      ),
    );
  }
  if (end.changed_alone.length > 0) blocks.push(field("", `alone changed ${paths(end.changed_alone)}`));
  return blocks;
}

function paths(all: readonly string[]): string {
  const more = all.length - PATHS_SHOWN;
  return `${all.slice(0, PATHS_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

import type { IndexedStep } from "../../../trajectory/index.ts";
import type { TracedWorkspace } from "../../../workspace/workspace.ts";
import type { Message } from "./rows.ts";

/** Characters of one earlier text that a prompt repeats. */
const TEXT_CHARS = 6000;
/** Of the task: whole prompts of harnesses stand in it. */
const TASK_CHARS = 16_000;
/** Between the head and the tail of a text that is cut. */
const HEAD_SHARE = 0.6;

/** What a step's row needs of a run. */
export type TaskedRun = Pick<TracedWorkspace, "steps"> & { task: string };

/**
 * A run as a conversation: an executed action with the thinking before it is a message of the assistant, what came back is one of the user. Text
 * only: calls of tools stand as they do in `steps.json`, so that rows of all agents have one shape.
 */
export class Conversation {
  readonly #run: TaskedRun;
  readonly #threads = new Map<string, number[]>();
  readonly #places = new Map<number, { thread: readonly number[]; index: number }>();

  constructor(run: TaskedRun) {
    this.#run = run;
    for (const step of run.steps) {
      const thread = this.#threads.get(threadOf(step)) ?? [];
      this.#threads.set(threadOf(step), thread);
      this.#places.set(step.step_id, { thread, index: thread.length });
      thread.push(step.step_id);
    }
  }

  /** What stands before a step: the task, and of the steps of the same agent the latest that fit into `maxChars`; how many are missing is noted on top. */
  before(step: IndexedStep, maxChars: number): Message[] {
    const { thread, index } = this.#places.get(step.step_id) ?? { thread: [], index: 0 };
    return this.prompt(step, thread.slice(0, index), maxChars);
  }

  /** The same with these of the earlier steps, ascending. */
  prompt(step: IndexedStep, earlier: readonly number[], maxChars: number): Message[] {
    const asked = cutText(this.#asked(step), TASK_CHARS);
    const shown: Message[] = [];
    let left = maxChars - asked.length;
    let at = earlier.length;
    while (at > 0) {
      const messages = this.#exchange(earlier[at - 1] ?? 0);
      left -= messages.reduce((sum, { content }) => sum + content.length, 0);
      if (left < 0) break;
      shown.unshift(...messages);
      at--;
    }
    const note = at === 0 ? "" : `\n\n[${at} earlier ${at === 1 ? "step is" : "steps are"} not shown]`;
    return [{ role: "user", content: `${asked}${note}` }, ...shown];
  }

  /** A sub-agent was asked by the step that called it. */
  #asked(step: IndexedStep): string {
    const parent = step.parent_step_id === undefined ? undefined : this.#run.steps[step.parent_step_id - 1];
    return (parent?.action ?? this.#run.task).trim();
  }

  #exchange(stepId: number): Message[] {
    const step = this.#run.steps[stepId - 1];
    if (!step) return [];
    return [
      { role: "assistant", content: cutText(said(step), TEXT_CHARS) },
      { role: "user", content: cutText(cameBack(step), TEXT_CHARS) },
    ];
  }
}

/** What the agent put out at a step, whole: its thinking and the action. */
export function said(step: IndexedStep): string {
  const action = step.action.trim() === "" ? "(no keys)" : step.action;
  const thinking = step.thinking?.trim() ?? "";
  return (thinking === "" ? action : `${thinking}\n\n${action}`).toWellFormed();
}

/** What came back, or that it was not recorded. */
export function cameBack({ observation }: IndexedStep): string {
  if (observation === null) return "(not recorded)";
  return observation.trim() === "" ? "(nothing)" : observation;
}

/** A text, or its head and its tail around the count of the characters left out. At most `max` characters and the note. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text.toWellFormed();
  const head = text.slice(0, Math.floor(max * HEAD_SHARE));
  const tail = text.slice(text.length - (max - head.length));
  return `${head}\n[${text.length - max} characters not shown]\n${tail}`.toWellFormed();
}

function threadOf({ agent, parent_step_id }: IndexedStep): string {
  return `${parent_step_id ?? ""} ${agent}`;
}

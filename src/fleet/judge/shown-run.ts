import { type RunPart, splitRun, wholeRun } from "../../trace/direct/parts.ts";
import { ShownSteps } from "../../trace/direct/shown-steps.ts";
import { nonceOf } from "../../trace/fence.ts";
import type { Workspace } from "../../workspace/workspace.ts";

/** What the steps of a run are shown in at most, beside what the model has room for: a judge of many runs reads compact views. */
const VIEW_TOKENS = 24_000;
const TOKENS_PER_STEP = 60;
const HEADING_TOKENS = 18;

/** A run as a judge reads it: in one part, or in the few that hold it. */
export class ShownRun {
  readonly nonce: string;
  readonly parts: readonly RunPart[];
  readonly #workspace: Workspace;
  readonly #shown: ShownSteps;
  readonly #room: number;

  /** @param room tokens that one prompt has for steps */
  constructor(workspace: Workspace, room: number) {
    const { steps, stages } = workspace;
    this.nonce = nonceOf(workspace);
    this.#workspace = workspace;
    this.#shown = new ShownSteps(steps, this.nonce);
    const least = this.#shown.leastTokens();
    const isOne = least.reduce((sum, tokens) => sum + tokens, stages.length * HEADING_TOKENS) <= room;
    this.parts = isOne
      ? [wholeRun(stages, steps.length)]
      : splitRun(stages, withHeadings(least, workspace), room);
    this.#room = isOne ? Math.min(room, VIEW_TOKENS + TOKENS_PER_STEP * steps.length) : room;
  }

  /** The steps of a part under a line for each stage, in this share of the room. */
  async text(part: RunPart, share: number): Promise<string> {
    const { first_step_id, last_step_id, stages } = part;
    const tokens = share * this.#room - stages.length * HEADING_TOKENS;
    const steps = await this.#shown.within(first_step_id, last_step_id, tokens);
    return stages
      .flatMap((stage) => {
        const from = Math.max(stage.start_step_id, first_step_id) - first_step_id;
        const to = Math.min(stage.end_step_id, last_step_id) - first_step_id + 1;
        return [`=== ${stage.stage}`, ...steps.slice(from, to)];
      })
      .join("\n");
  }

  /** Its steps up to the end of a part: what may be quoted. */
  upTo(part: RunPart): Workspace["steps"] {
    return this.#workspace.steps.slice(0, part.last_step_id);
  }
}

/** What each step takes at the least; the first of a stage with its heading. */
function withHeadings(least: readonly number[], { stages }: Workspace): number[] {
  const starts = new Set(stages.map(({ start_step_id }) => start_step_id));
  return least.map((tokens, index) => tokens + (starts.has(index + 1) ? HEADING_TOKENS : 0));
}

import { type IndexedStep, toolSpec } from "../trajectory/index.ts";

/** A step as a call of a tool, which the formats of others want every action to be. */
export interface Call {
  id: string;
  name: string;
  arguments: Record<string, unknown>;
  /** Whether the run records the tool and its arguments; else they are made up around the command. */
  is_recorded: boolean;
}

/** What stands for the tool of a command that no tool was recorded for. */
const SHELL = { name: "shell", argument: "command" };

/**
 * The calls of a run, in step order. A step without a call id gets `codetracer-step-<n>`. A command without a recorded tool is the
 * argument of a shell's; a tool whose arguments were not recorded gets its action as the argument that holds a command, or as `input`.
 */
export function callsOf(steps: readonly IndexedStep[]): Call[] {
  const recorded = new Set(steps.map((step) => step.tool_call_id));
  return steps.map((step) => ({ id: step.tool_call_id ?? idOf(step, recorded), ...toolOf(step) }));
}

/** A call id of a run may look like one of ours. */
function idOf(step: IndexedStep, recorded: ReadonlySet<string | undefined>): string {
  let id = `codetracer-step-${step.step_id}`;
  while (recorded.has(id)) id = `${id}-`;
  return id;
}

function toolOf(step: IndexedStep): Omit<Call, "id"> {
  const { tool, action } = step;
  if (tool === undefined || tool === "")
    return { name: SHELL.name, arguments: { [SHELL.argument]: action }, is_recorded: false };
  if (step.arguments !== undefined) return { name: tool, arguments: step.arguments, is_recorded: true };
  const argument = toolSpec(tool).shell ?? "input";
  return { name: tool, arguments: { [argument]: action }, is_recorded: false };
}

/** Whether a call's arguments show the action of its step, which then need not be said beside them. */
export function isShown({ name, arguments: args }: Call, { action }: IndexedStep): boolean {
  return Object.values(args).includes(action) || `${name} ${JSON.stringify(args)}` === action;
}

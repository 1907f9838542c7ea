import { controlKeys } from "../../index-run/terminal.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { type ToolSpec, toolSpec } from "../../trajectory/tools.ts";
import type { JsonRecord } from "../../util/narrow.ts";
import { agentCommand } from "./agent-command.ts";
import { fileActs } from "./file-acts.ts";
import type { Act } from "./plan.ts";
import type { Situation } from "./situation.ts";

/** A harness that asks before it acts says so when it was refused. */
const REFUSED =
  /^\s*(?:Error: |<tool_use_error>)?(?:exec command rejected|(?:The )?(?:tool use|tool call|command) was rejected|The user doesn't want to (?:proceed|take this action)|\[Request interrupted by user|Claude requested permissions|This command requires approval|Permission to use \w+ (?:with|has been denied)|User (?:denied|rejected|cancelled)|Operation cancelled)/i;

const REDACTED = /\[REDACTED:[\w-]+\]/;

/** How a step is done again. `isRedacted` = secrets of the run were replaced by marks. */
export function actOf(step: IndexedStep, situation: Situation, isRedacted: boolean): Act {
  if (REFUSED.test(step.observation?.slice(0, 400) ?? ""))
    return nothing("the harness or its user refused it: it was never run");
  if (isRedacted && REDACTED.test(textOf(step)))
    return manual("a secret in it was redacted; a workspace that analyze --no-redact made has it");
  if (!isReplayable(textOf(step))) return manual("it holds characters that a script cannot");
  const spec = step.tool === undefined ? undefined : toolSpec(step.tool, step.arguments);
  if (step.tool !== undefined && spec !== undefined && spec.shell === undefined)
    return toolAct(step.tool, spec, step.arguments ?? {}, step.failed);
  return situation.typed ? typedAct(step, situation) : shellAct(step, situation.directory);
}

function textOf(step: IndexedStep): string {
  return `${step.action}\n${step.arguments === undefined ? "" : JSON.stringify(step.arguments)}`;
}

function isReplayable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0") && !/\\u0000|\\ud[89a-f]/i.test(text);
}

const FILE_VERBS: ReadonlySet<string> = new Set(["write", "edit", "apply patch"]);

function toolAct(tool: string, spec: ToolSpec, args: JsonRecord, failed: boolean): Act {
  if (failed && FILE_VERBS.has(spec.verb))
    return nothing("the tool refused it in the recording: it changed nothing");
  if (spec.verb === "stop background command")
    return nothing("what a step left running ends with the step here");
  if (!FILE_VERBS.has(spec.verb))
    return manual(`${tool} is a tool of the agent's, which a script does not have`);
  const acts = fileActs(spec, args);
  return "operations" in acts ? { form: "files", operations: acts.operations } : manual(acts.reason);
}

function shellAct(step: IndexedStep, directory: string): Act {
  const own = agentCommand(step.action, directory);
  if (own === null)
    return { form: "shell", command: step.action, background: step.arguments?.run_in_background === true };
  if ("reason" in own) return manual(own.reason);
  return toolAct(own.tool, toolSpec(own.tool, own.arguments), own.arguments, step.failed);
}

const READERS: Readonly<Record<Exclude<Situation["reader_before"], "shell">, string>> = {
  heredoc: "a here-document",
  repl: "an interpreter",
  editor: "an editor",
  pager: "a pager",
};

/** Keys in a here-document are joined to its command by `joinParts` later. */
function typedAct(step: IndexedStep, situation: Situation): Act {
  const { reader_before, reader_after } = situation;
  const keys = controlKeys(step.action);
  if (reader_before !== "shell" && reader_before !== "heredoc")
    return manual(`the keys go to ${READERS[reader_before]}, and what they do depends on its screen`);
  if (keys !== null)
    return nothing(`${keys.join(" ")} rebuilds nothing: each command runs to its own end here`);
  if (step.action.trim() === "" && reader_before === "shell") return nothing("it only waits");
  if (situation.is_asked)
    return manual("the keys answer a question of the program before, which depends on its screen");
  if (reader_after === "repl" || reader_after === "editor")
    return manual(`it opens ${READERS[reader_after]}, which waits for keys`);
  if (reader_before === "heredoc" || reader_after === "heredoc")
    return { form: "shell", command: step.action, background: false };
  return shellAct(step, situation.directory);
}

function nothing(reason: string): Act {
  return { form: "nothing", reason };
}

function manual(reason: string): Act {
  return { form: "manual", reason };
}

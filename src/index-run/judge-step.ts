import type { Step } from "../trajectory/step.ts";
import { toolSpec } from "../trajectory/tools.ts";
import { asString, type JsonRecord } from "../util/narrow.ts";
import type { Judgement } from "./judgement.ts";
import type { Session, Sessions } from "./session.ts";
import { joinPath } from "./shell/command.ts";
import { judgeCommand, judgeTyped } from "./shell-acts.ts";
import { readPrompt } from "./terminal.ts";
import { judgeTool } from "./tool-acts.ts";

const NO_ARGUMENTS: JsonRecord = {};

/** What a step does. The sessions carry what earlier steps left behind and are brought up to date. */
export function judgeStep(step: Step, sessions: Sessions): Judgement {
  const session = sessions.of(step.agent);
  const args = step.arguments ?? NO_ARGUMENTS;
  const spec = step.tool === undefined ? undefined : toolSpec(step.tool, args);
  if (step.tool !== undefined && spec !== undefined && spec.shell === undefined)
    return judgeTool(step.tool, spec, args, session);
  const typed = spec?.keeps === "terminal" || isTyped(step);
  session.keepsDirectory = typed || spec?.keeps === "directory";
  moveTo(session, step);
  const judged = typed ? judgeTyped(step.action, session) : judgeCommand(step.action, session);
  if (typed && step.observation !== null) followScreen(session, step.observation);
  return judged;
}

/** Keys for a terminal end with the line break that sends them; a command handed to a shell does not. */
export function isTyped({ tool, action, arguments: args }: Step): boolean {
  return tool === undefined && (typeof args?.keystrokes === "string" || action.endsWith("\n"));
}

/** The directory that a call names itself; undefined = none. */
export function ownDirectory({ arguments: args = NO_ARGUMENTS }: Step): string | undefined {
  const named = asString(args.workdir) ?? asString(args.cwd) ?? asString(args.dir_path);
  return named === undefined ? undefined : joinPath("", named);
}

function moveTo(session: Session, step: Step): void {
  const directory = ownDirectory(step);
  if (directory !== undefined) session.directory = directory;
  else if (!session.keepsDirectory) session.directory = "";
}

function followScreen(session: Session, screen: string): void {
  const seen = readPrompt(screen);
  if (seen === null) return;
  if (session.reader.mode !== seen.reader.mode) session.reader = seen.reader;
  if (seen.reader.mode === "shell") session.busy = false;
  if (seen.directory !== null && seen.directory !== "") session.directory = seen.directory;
}
